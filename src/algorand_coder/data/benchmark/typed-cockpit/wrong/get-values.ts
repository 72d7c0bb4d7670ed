// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the accessor is called getAll
import { AlgorandClient } from '@algorandfoundation/algokit-utils'

export async function cockpit(
  algorand: AlgorandClient,
  specification: string,
  appId: bigint,
): Promise<Record<string, bigint | string>> {
  const client = algorand.client.getAppClientById({ appSpec: specification, appId })
  const values = await client.state.global.getValues()
  const shown: Record<string, bigint | string> = {}
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    shown[name] = typeof value === 'number' ? BigInt(value) : typeof value === 'bigint' ? value : String(value)
  }
  return shown
}
