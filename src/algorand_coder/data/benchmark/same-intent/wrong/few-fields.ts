// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: looks at sender, receiver and amount of payments only
import { decodeUnsignedTransaction, msgpackRawEncode } from 'algosdk'

const CIRCUMSTANCES = ['fee', 'fv', 'lv', 'grp']

function essence(encoded: Uint8Array): Buffer {
  const fields = decodeUnsignedTransaction(encoded).toEncodingData()
  for (const name of CIRCUMSTANCES) fields.delete(name)
  return Buffer.from(msgpackRawEncode(fields))
}

export function sameIntent(one: Uint8Array, other: Uint8Array): boolean {
  const [a, b] = [one, other].map((bytes) => decodeUnsignedTransaction(bytes))
  const key = (t: typeof a) => [t.sender, t.payment?.receiver, t.payment?.amount].join()
  return key(a) === key(b) && essence(one).length > 0
}
