// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: log entries are bytes, not base64 text
import { ABIType, type modelsv2 } from 'algosdk'

export function bidsIn(
  confirmation: modelsv2.PendingTransactionResponse, selector: Uint8Array,
): { bidder: string; amount: bigint }[] {
  const type = ABIType.from('(address,uint64)')
  const bids: { bidder: string; amount: bigint }[] = []
  for (const log of confirmation.logs ?? []) {
    const entry = Uint8Array.from(atob(log), (char) => char.charCodeAt(0))
    if (!selector.every((byte, i) => byte === entry[i])) continue
    const [bidder, amount] = type.decode(entry.slice(4)) as [string, bigint]
    bids.push({ bidder, amount })
  }
  return bids
}
