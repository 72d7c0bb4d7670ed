// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: fees change balances too
import { decodeSignedTransaction } from 'algosdk'

export type Change = { address: string; microAlgos: bigint }

export function summarise(signed: Uint8Array[]): Change[] {
  const changes = new Map<string, bigint>()
  const add = (address: { toString(): string }, delta: bigint): void => {
    changes.set(address.toString(), (changes.get(address.toString()) ?? 0n) + delta)
  }
  for (const { txn } of signed.map((bytes) => decodeSignedTransaction(bytes))) {

    if (!txn.payment) continue
    const { receiver, amount, closeRemainderTo } = txn.payment
    if (closeRemainderTo) throw new Error('closes an account')
    add(txn.sender, -amount)
    add(receiver, amount)
  }
  return [...changes]
    .filter(([, microAlgos]) => microAlgos !== 0n)
    .map(([address, microAlgos]) => ({ address, microAlgos }))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
}
