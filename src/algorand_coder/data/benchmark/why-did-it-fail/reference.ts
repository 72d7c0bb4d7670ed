// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import { LogicError } from '@algorandfoundation/algokit-utils/types/logic-error'
import type { ABIValue } from 'algosdk'

export async function callAndExplain(
  client: AppClient,
  method: string,
  args: ABIValue[],
): Promise<string | undefined> {
  try {
    await client.send.call({ method, args })
    return undefined
  } catch (error) {
    if (error instanceof LogicError) return `${error.message} (TEAL line ${error.teal_line})`
    throw error
  }
}
