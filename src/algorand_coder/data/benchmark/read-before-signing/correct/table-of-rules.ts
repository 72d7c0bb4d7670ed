// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import algosdk, { type Transaction } from 'algosdk'

const rules: [string, (t: Transaction, wallet: string) => boolean][] = [
  ['rekey', (t) => t.rekeyTo !== undefined && !t.rekeyTo.equals(t.sender)],
  ['close', (t) => t.payment?.closeRemainderTo?.equals(t.sender) === false],
  ['close-asset', (t) => t.assetTransfer?.closeRemainderTo?.equals(t.sender) === false],
  ['fee', (t) => t.fee > 10000n],
  ['not-mine', (t, wallet) => t.sender.toString() !== wallet],
]

export function dangers(encoded: Uint8Array, wallet: string): string[] {
  const decoded = algosdk.decodeUnsignedTransaction(encoded)
  return rules.filter(([, applies]) => applies(decoded, wallet)).map(([name]) => name)
}
