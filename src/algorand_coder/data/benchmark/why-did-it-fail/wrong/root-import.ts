// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the package's root exports neither AppClient nor LogicError
import { AppClient, LogicError } from '@algorandfoundation/algokit-utils'
import type { ABIValue } from 'algosdk'

export async function callAndExplain(
  client: AppClient, method: string, args: ABIValue[],
): Promise<string | undefined> {
  try {
    await client.send.call({ method, args })
    return undefined
  } catch (error) {
    if (error instanceof LogicError) return `${error.message} (TEAL line ${error.teal_line})`
    throw error
  }
}
