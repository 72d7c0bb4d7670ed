// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { ABIType, type modelsv2 } from 'algosdk'

const ARGUMENTS = ABIType.from('(address,uint64)')
const SELECTOR_BYTES = 4

export function bidsIn(
  confirmation: modelsv2.PendingTransactionResponse,
  selector: Uint8Array,
): { bidder: string; amount: bigint }[] {
  const bids: { bidder: string; amount: bigint }[] = []
  for (const entry of confirmation.logs ?? []) {
    const head = entry.subarray(0, SELECTOR_BYTES)
    if (head.length < SELECTOR_BYTES || head.some((byte, i) => byte !== selector[i])) continue
    const [bidder, amount] = ARGUMENTS.decode(entry.subarray(SELECTOR_BYTES)) as [string, bigint]
    bids.push({ bidder, amount })
  }
  return bids
}
