// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: fees are bigint
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export type Payee = { name: string; address: string; microAlgos: bigint }
export type Rehearsal = { fees: bigint; left: bigint; newcomers: string[] }

const balanceOf = async (algorand: AlgorandClient, address: string): Promise<bigint> =>
  (await algorand.account.getInformation(address)).balance.microAlgos

export async function rehearse(algorand: AlgorandClient, treasury: string, payees: Payee[]): Promise<Rehearsal> {
  const group = algorand.newGroup()
  for (const payee of payees) {
    group.addPayment({ sender: treasury, receiver: payee.address, amount: microAlgo(payee.microAlgos) })
  }
  const simulated = await group.simulate({ skipSignatures: true }).catch((error: Error) => {
    throw new Error(`payout would fail: ${error.message}`)
  })
  const fees = simulated.transactions.reduce((sum, { fee }) => sum + fee, 0)
  let left = (await balanceOf(algorand, treasury)) - fees
  const newcomers = []
  for (const { name, address, microAlgos } of payees) {
    if (address !== treasury) left -= microAlgos
    if ((await balanceOf(algorand, address)) === 0n) newcomers.push(name)
  }
  return { fees, left, newcomers }
}
