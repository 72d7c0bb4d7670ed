// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

const SHELF = algosdk.ABIType.from('(uint64,bool,string)')

export async function readShelf(
  algorand: AlgorandClient,
  appId: bigint,
  shelf: bigint,
): Promise<{ items: bigint; locked: boolean; label: string } | undefined> {
  const boxName = new Uint8Array([...new TextEncoder().encode('w'), ...algosdk.encodeUint64(shelf)])
  const names = await algorand.app.getBoxNames(appId)
  if (!names.some(({ nameRaw }) => nameRaw.every((byte, i) => byte === boxName[i]) && nameRaw.length === boxName.length)) {
    return undefined
  }
  const value = await algorand.app.getBoxValueFromABIType({ appId, boxName, type: SHELF })
  const [items, locked, label] = value as [bigint, boolean, string]
  return { items, locked, label }
}
