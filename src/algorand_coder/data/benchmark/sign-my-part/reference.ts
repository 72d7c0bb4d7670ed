// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import algosdk from 'algosdk'

const sameBytes = (a: Uint8Array | undefined, b: Uint8Array): boolean =>
  a !== undefined && Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0

function withoutGroup(encoded: Uint8Array): algosdk.Transaction {
  const transaction = algosdk.decodeUnsignedTransaction(encoded)
  transaction.group = undefined
  return transaction
}

export function signMine(proposal: Uint8Array[], ourKey: Uint8Array): (Uint8Array | null)[] {
  const transactions = proposal.map((encoded) => algosdk.decodeUnsignedTransaction(encoded))
  const expected = algosdk.computeGroupID(proposal.map(withoutGroup))
  if (!transactions.every(({ group }) => sameBytes(group, expected))) throw new Error('not a whole group')
  const us = algosdk.encodeAddress(ourKey.slice(32))
  const signed = transactions.map((t) => (t.sender.toString() === us ? t.signTxn(ourKey) : null))
  if (signed.every((entry) => entry === null)) throw new Error('nothing to sign')
  return signed
}
