// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Outcome = 'sent' | 'not-opted-in' | 'frozen' | 'not-enough' | 'no-algo'

const SIGNS: [RegExp, Outcome][] = [
  [/must optin|missing from/, 'not-opted-in'],
  [/frozen/, 'frozen'],
  [/underflow on subtracting/, 'not-enough'],
  [/overspend|below min/, 'no-algo'],
]

export async function tryTransfer(
  algorand: AlgorandClient,
  sender: string,
  receiver: string,
  assetId: bigint,
  units: bigint,
): Promise<Outcome> {
  try {
    await algorand.send.assetTransfer({ sender, receiver, assetId, amount: units })
    return 'sent'
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    const kind = SIGNS.find(([sign]) => sign.test(message))
    if (kind) return kind[1]
    throw error
  }
}
