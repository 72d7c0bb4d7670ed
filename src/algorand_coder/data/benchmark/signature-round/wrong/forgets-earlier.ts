// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: drops the signatures that were there
import {
  appendSignMultisigTransaction, createMultisigTransaction, decodeSignedTransaction, mnemonicToSecretKey, type Transaction,
} from 'algosdk'

export function open(transaction: Transaction, members: string[], threshold: number): Uint8Array {
  return createMultisigTransaction(transaction, { version: 1, threshold, addrs: members })
}

export function sign(document: Uint8Array, members: string[], threshold: number, mnemonic: string): Uint8Array {
  const { sk } = mnemonicToSecretKey(mnemonic)
  const { txn } = decodeSignedTransaction(document)
  const fresh = createMultisigTransaction(txn, { version: 1, threshold, addrs: members })
  return appendSignMultisigTransaction(fresh, { version: 1, threshold, addrs: members }, sk).blob
}

export function missing(document: Uint8Array): number {
  const { msig } = decodeSignedTransaction(document)
  if (!msig) throw new Error('no multisignature transaction')
  const given = msig.subsig.filter((part) => part.s !== undefined).length
  return Math.max(0, msig.thr - given)
}
