// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: passes the decoded value on without naming its parts
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function readShelf(algorand: AlgorandClient, appId: bigint, shelf: bigint) {
  const boxName = new Uint8Array([...new TextEncoder().encode('w'), ...algosdk.encodeUint64(shelf)])
  const type = algosdk.ABIType.from('(uint64,bool,string)')
  return await algorand.app.getBoxValueFromABIType({ appId, boxName, type })
}
