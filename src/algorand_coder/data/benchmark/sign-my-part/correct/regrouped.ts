// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import {
  assignGroupID, decodeUnsignedTransaction, mnemonicToSecretKey, secretKeyToMnemonic, signTransaction,
} from 'algosdk'

export function signMine(proposal: Uint8Array[], ourKey: Uint8Array): (Uint8Array | null)[] {
  const claimed: string[] = []
  const bare = proposal.map((encoded) => {
    const transaction = decodeUnsignedTransaction(encoded)
    claimed.push(Buffer.from(transaction.group ?? []).toString('hex'))
    transaction.group = undefined
    return transaction
  })
  if (bare.length === 0) throw new Error('not a whole group')
  const { addr } = mnemonicToSecretKey(secretKeyToMnemonic(ourKey))
  const grouped = assignGroupID(bare)
  const ids = grouped.map(({ group }) => Buffer.from(group ?? []).toString('hex'))
  if (ids.some((id, index) => id !== claimed[index])) throw new Error('not a whole group')
  let mine = 0
  const result = grouped.map((transaction) => {
    if (!transaction.sender.equals(addr)) return null
    mine += 1
    return signTransaction(transaction, ourKey).blob
  })
  if (mine === 0) throw new Error('nothing to sign')
  return result
}
