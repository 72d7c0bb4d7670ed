// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: resolves to the id alone
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import type { Account } from 'algosdk'

export async function spendFromTreasury(
  algorand: AlgorandClient, board: [Account, Account, Account], payee: string, microAlgos: bigint,
): Promise<string> {
  const treasury = algorand.account.multisig(
    { version: 1, threshold: 2, addrs: board.map((m) => m.addr) }, [board[0], board[2]],
  )
  const { txIds } = await algorand.send.payment({
    sender: treasury, receiver: payee, amount: AlgoAmount.MicroAlgos(microAlgos),
  })
  return txIds[0]
}
