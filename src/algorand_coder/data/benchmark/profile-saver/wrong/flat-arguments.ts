// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: the arguments are not in the shape that the client takes
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export type Profile = { name: string; born: bigint; isPublic: boolean }

const SAVE = algosdk.ABIMethod.fromSignature('save((string,uint64,bool))void')

export async function saveProfile(algorand: AlgorandClient, sender: string, appId: bigint, profile: Profile): Promise<number> {
  const boxName = new Uint8Array([0x70, ...algosdk.decodeAddress(sender).publicKey])
  await algorand.send.appCallMethodCall({
    sender,
    appId,
    method: SAVE,
    args: { profile },
    boxReferences: [boxName],
  })
  return (await algorand.app.getBoxValue(appId, boxName)).length
}
