// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
const MICRO = 1_000_000n

export function toMicroAlgos(text: string): bigint {
  const parts = /^(\d+)(?:\.(\d{1,6}))?$/.exec(text)
  if (!parts) throw new SyntaxError(`not an amount in Algo: ${text}`)
  const [, whole, decimals = ''] = parts
  return BigInt(whole) * MICRO + BigInt(decimals.padEnd(6, '0'))
}

export function toText(microAlgos: bigint): string {
  const decimals = (microAlgos % MICRO).toString().padStart(6, '0').replace(/0+$/, '')
  return decimals ? `${microAlgos / MICRO}.${decimals}` : `${microAlgos / MICRO}`
}
