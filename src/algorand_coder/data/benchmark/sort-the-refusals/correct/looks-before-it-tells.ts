// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export type Outcome = 'sent' | 'not-opted-in' | 'frozen' | 'not-enough' | 'no-algo'

export async function tryTransfer(
  algorand: AlgorandClient, sender: string, receiver: string, assetId: bigint, units: bigint,
): Promise<Outcome> {
  const group = algorand.newGroup().addAssetTransfer({ sender, receiver, assetId, amount: units })
  const thrown: unknown = await group.send().then(
    () => null,
    (error: unknown) => error,
  )
  if (thrown === null) return 'sent'
  const text = String(thrown)
  if (text.includes('must optin')) return 'not-opted-in'
  if (text.includes('asset frozen') || text.includes('frozen in')) return 'frozen'
  if (text.includes('underflow on subtracting')) return 'not-enough'
  if (text.includes('overspend') || text.includes('below min')) return 'no-algo'
  throw thrown
}
