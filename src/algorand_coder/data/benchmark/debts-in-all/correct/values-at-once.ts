// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function debts(algorand: AlgorandClient, appId: bigint): Promise<{ total: bigint; most: string | undefined }> {
  const names = (await algorand.app.getBoxNames(appId)).filter(({ nameRaw }) => nameRaw[0] === 0x64)
  const values = await algorand.app.getBoxValues(appId, names)
  const owed = values.map((value) => new DataView(value.buffer, value.byteOffset, 8).getBigUint64(0))
  const total = owed.reduce((sum, debt) => sum + debt, 0n)
  const debtors = names.map(({ nameRaw }, i) => ({ address: algosdk.encodeAddress(nameRaw.subarray(1)), debt: owed[i] ?? 0n }))
  debtors.sort((a, b) => (a.debt > b.debt ? -1 : 1))
  return { total, most: total > 0n ? debtors[0]?.address : undefined }
}
