// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: other log entries are decoded as bids too
import { ABIType, type modelsv2 } from 'algosdk'

export function bidsIn(
  confirmation: modelsv2.PendingTransactionResponse, _selector: Uint8Array,
): { bidder: string; amount: bigint }[] {
  const type = ABIType.from('(address,uint64)')
  return (confirmation.logs ?? []).map((log) => {
    const [bidder, amount] = type.decode(log.slice(4)) as [string, bigint]
    return { bidder, amount }
  })
}
