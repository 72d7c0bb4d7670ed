// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: throws errors of no particular class
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'
import { isValidAddress } from 'algosdk'

const plain = (name: string): string => name.trim().toLowerCase()

export async function payContact(
  algorand: AlgorandClient,
  payer: string,
  book: Record<string, string>,
  name: string,
  microAlgos: bigint,
): Promise<string> {
  const entry = Object.entries(book).find(([known]) => plain(known) === plain(name))
  if (!entry) throw new TypeError(`unknown contact ${name}`)
  const [, receiver] = entry
  if (!isValidAddress(receiver)) throw new TypeError(`bad address for ${name}`)
  if (microAlgos <= 0n) throw new Error('bad amount')
  const { txIds } = await algorand.send.payment({ sender: payer, receiver, amount: microAlgo(microAlgos) })
  return txIds[0]
}
