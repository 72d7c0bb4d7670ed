// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: unregisters another function than the one that was registered
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

function translator(texts: Record<string, string>) {
  return async (error: Error): Promise<Error> => {
    const known = Object.entries(texts).find(([key]) => error.message.includes(key))
    return known ? new Error(known[1], { cause: error }) : error
  }
}

export function useHelpTexts(algorand: AlgorandClient, texts: Record<string, string>): () => void {
  algorand.registerErrorTransformer(translator(texts))
  return () => algorand.unregisterErrorTransformer(translator(texts))
}
