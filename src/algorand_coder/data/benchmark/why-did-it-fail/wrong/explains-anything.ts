// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a lost connection is reported as if the contract had spoken
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import type { ABIValue } from 'algosdk'

export async function callAndExplain(
  client: AppClient, method: string, args: ABIValue[],
): Promise<string | undefined> {
  try {
    await client.send.call({ method, args })
    return undefined
  } catch (error) {
    return `${error instanceof Error ? error.message : error} (TEAL line 0)`
  }
}
