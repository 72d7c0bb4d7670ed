// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

export type Explained = { paid: true } | { paid: false; account: string; missing: bigint; assets: number }

const BELOW = /account (\w{58}) balance (\d+) below min (\d+) \((\d+) assets\)/

export async function payOrExplain(
  algorand: AlgorandClient,
  payer: string,
  receiver: string,
  microAlgos: bigint,
): Promise<Explained> {
  try {
    await algorand.send.payment({ sender: payer, receiver, amount: microAlgo(microAlgos) })
  } catch (error) {
    const figures = BELOW.exec(String(error))
    if (figures === null) throw error
    const [, account, balance, least, assets] = figures
    return { paid: false, account, missing: BigInt(least) - BigInt(balance), assets: Number(assets) }
  }
  return { paid: true }
}
