// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Fits } from './expect'
import { answerChallenge, isGenuine } from './main'

type AnswerChallenge = (mnemonic: string, site: string, nonce: string) => { address: string; signature: Uint8Array }
export const answerChallengeFits: Fits<typeof answerChallenge, AnswerChallenge> = true
type IsGenuine = (address: string, site: string, nonce: string, signature: Uint8Array) => boolean
export const isGenuineFits: Fits<typeof isGenuine, IsGenuine> = true
