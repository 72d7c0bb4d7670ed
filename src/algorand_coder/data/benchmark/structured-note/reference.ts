// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export type Entry = Record<string, string | number | boolean>

const PREFIX = 'freight:j'

export async function record(algorand: AlgorandClient, sender: string, entry: Entry): Promise<string> {
  const note = new TextEncoder().encode(PREFIX + JSON.stringify(entry))
  if (note.byteLength > 1000) throw new RangeError(`the note has ${note.byteLength} bytes`)
  const result = await algorand.send.payment({ sender, receiver: sender, amount: microAlgo(0), note })
  return result.txIds[0]
}

export function entryOf(note: Uint8Array): Entry | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(note)
    if (!text.startsWith(PREFIX)) return undefined
    const value: unknown = JSON.parse(text.slice(PREFIX.length))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Entry) : undefined
  } catch {
    return undefined
  }
}
