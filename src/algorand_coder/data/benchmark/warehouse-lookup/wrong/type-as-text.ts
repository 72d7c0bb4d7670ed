// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the type to decode with is an ABIType, not its name
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function readShelf(
  algorand: AlgorandClient, appId: bigint, shelf: bigint,
): Promise<{ items: bigint; locked: boolean; label: string } | undefined> {
  const boxName = new Uint8Array([...new TextEncoder().encode('w'), ...algosdk.encodeUint64(shelf)])
  const value = await algorand.app.getBoxValueFromABIType({ appId, boxName, type: '(uint64,bool,string)' })
  const [items, locked, label] = value as [bigint, boolean, string]
  return { items, locked, label }
}
