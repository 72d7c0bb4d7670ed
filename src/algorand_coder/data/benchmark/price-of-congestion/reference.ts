// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { SuggestedParams } from 'algosdk'

export function feeFor(params: SuggestedParams, size: number, cap: bigint): bigint {
  const asked = params.flatFee ? BigInt(params.fee) : BigInt(Math.ceil(Number(params.fee) * size))
  const least = BigInt(params.minFee)
  const fee = asked < least ? least : asked
  if (fee > cap) throw new RangeError(`fee ${fee} is above ${cap}`)
  return fee
}
