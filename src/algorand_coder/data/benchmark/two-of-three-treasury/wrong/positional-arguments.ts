// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the parameters of a multisig are one object and its signers one list
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import type { Account } from 'algosdk'

export async function spendFromTreasury(
  algorand: AlgorandClient, board: [Account, Account, Account], payee: string, microAlgos: bigint,
): Promise<{ treasury: string; txId: string }> {
  const treasury = algorand.account.multisig(1, 2, board.map((m) => m.addr), [board[0], board[2]])
  const { txIds } = await algorand.send.payment({
    sender: treasury, receiver: payee, amount: AlgoAmount.MicroAlgos(microAlgos),
  })
  return { treasury: treasury.addr.toString(), txId: txIds[0] }
}
