// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: registering gives nothing back, least of all a remover
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export function useHelpTexts(algorand: AlgorandClient, texts: Record<string, string>): () => void {
  return algorand.registerErrorTransformer(async (error) => {
    const known = Object.entries(texts).find(([key]) => error.message.includes(key))
    return known ? new Error(known[1], { cause: error }) : error
  })
}
