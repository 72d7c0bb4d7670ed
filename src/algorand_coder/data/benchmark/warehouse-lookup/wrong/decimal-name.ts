// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the number is part of the name as text instead of eight bytes
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function readShelf(
  algorand: AlgorandClient, appId: bigint, shelf: bigint,
): Promise<{ items: bigint; locked: boolean; label: string } | undefined> {
  const names = await algorand.app.getBoxNames(appId)
  if (!names.some((box) => box.name === `w${shelf}`)) return undefined
  const type = algosdk.ABIType.from('(uint64,bool,string)')
  const value = await algorand.app.getBoxValueFromABIType({ appId, boxName: `w${shelf}`, type })
  const [items, locked, label] = value as [bigint, boolean, string]
  return { items, locked, label }
}
