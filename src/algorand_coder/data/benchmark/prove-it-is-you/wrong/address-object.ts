// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the interface asks for text
import { isValidAddress, mnemonicToSecretKey, signBytes, verifyBytes } from 'algosdk'

const challenge = (site: string, nonce: string): Uint8Array => new TextEncoder().encode(`login:${site}:${nonce}`)

export function answerChallenge(mnemonic: string, site: string, nonce: string): { address: string; signature: Uint8Array } {
  const { addr, sk } = mnemonicToSecretKey(mnemonic)
  return { address: addr, signature: signBytes(challenge(site, nonce), sk) }
}

export function isGenuine(address: string, site: string, nonce: string, signature: Uint8Array): boolean {
  if (!isValidAddress(address) || signature.length !== 64) return false
  try {
    return verifyBytes(challenge(site, nonce), signature, address)
  } catch {
    return false
  }
}
