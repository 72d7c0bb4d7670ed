// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: logs is undefined for a transaction that wrote none
import { ABIType, type modelsv2 } from 'algosdk'

export function bidsIn(
  confirmation: modelsv2.PendingTransactionResponse, selector: Uint8Array,
): { bidder: string; amount: bigint }[] {
  const type = ABIType.from('(address,uint64)')
  return confirmation.logs
    .filter((log) => selector.every((byte, i) => byte === log[i]))
    .map((log) => {
      const [bidder, amount] = type.decode(log.slice(4)) as [string, bigint]
      return { bidder, amount }
    })
}
