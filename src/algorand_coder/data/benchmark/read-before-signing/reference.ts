// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { decodeUnsignedTransaction } from 'algosdk'

const HIGHEST_FEE = 10_000n

export function dangers(encoded: Uint8Array, wallet: string): string[] {
  const transaction = decodeUnsignedTransaction(encoded)
  const found: string[] = []
  const leadsAway = (address: { toString(): string } | undefined): boolean =>
    address !== undefined && address.toString() !== transaction.sender.toString()
  if (leadsAway(transaction.rekeyTo)) found.push('rekey')
  if (leadsAway(transaction.payment?.closeRemainderTo)) found.push('close')
  if (leadsAway(transaction.assetTransfer?.closeRemainderTo)) found.push('close-asset')
  if (transaction.fee > HIGHEST_FEE) found.push('fee')
  if (transaction.sender.toString() !== wallet) found.push('not-mine')
  return found
}
