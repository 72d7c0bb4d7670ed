// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: amount is the field of algosdk's response
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function purseContent(algorand: AlgorandClient, address: string): Promise<bigint> {
  const information = await algorand.account.getInformation(address)
  return BigInt(information.amount)
}
