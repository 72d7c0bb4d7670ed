// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: shows base units
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function label(algorand: AlgorandClient, account: string, assetId: bigint): Promise<string> {
  const { assets } = await algorand.account.getInformation(account)
  const holding = assets?.find((held) => held.assetId === assetId)
  if (!holding) return 'not opted in'
  const { decimals, unitName } = await algorand.asset.getById(assetId)
  const digits = holding.amount.toString().padStart(decimals + 1, '0')
  const point = digits.length - decimals
  const amount = decimals >= 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return unitName ? `${amount} ${unitName}` : amount
}
