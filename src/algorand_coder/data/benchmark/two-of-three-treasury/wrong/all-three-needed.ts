// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a threshold of three is another treasury, and two signatures do not open it
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import type { Account } from 'algosdk'

export async function spendFromTreasury(
  algorand: AlgorandClient, board: [Account, Account, Account], payee: string, microAlgos: bigint,
): Promise<{ treasury: string; txId: string }> {
  const treasury = algorand.account.multisig(
    { version: 1, threshold: 3, addrs: board.map((m) => m.addr) }, [board[0], board[2]],
  )
  const { txIds } = await algorand.send.payment({
    sender: treasury, receiver: payee, amount: AlgoAmount.MicroAlgos(microAlgos),
  })
  return { treasury: treasury.addr.toString(), txId: txIds[0] }
}
