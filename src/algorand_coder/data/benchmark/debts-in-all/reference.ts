// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function debts(algorand: AlgorandClient, appId: bigint): Promise<{ total: bigint; most: string | undefined }> {
  let total = 0n
  let most: string | undefined
  let highest = 0n
  for (const box of await algorand.app.getBoxNames(appId)) {
    if (!box.name.startsWith('d')) continue
    const debt = algosdk.decodeUint64(await algorand.app.getBoxValue(appId, box), 'bigint')
    total += debt
    if (debt > highest) {
      highest = debt
      most = algosdk.encodeAddress(box.nameRaw.slice(1))
    }
  }
  return { total, most }
}
