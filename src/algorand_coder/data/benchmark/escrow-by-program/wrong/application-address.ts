// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: sends the deposit to the address of an application
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'

async function escrow(algorand: AlgorandClient, teal: string) {
  const { compiledBase64ToBytes } = await algorand.app.compileTeal(teal)
  return algorand.account.logicsig(compiledBase64ToBytes)
}

export async function fundDeposit(
  algorand: AlgorandClient,
  teal: string,
  tenant: string,
  microAlgos: bigint,
): Promise<string> {
  const { addr: receiver } = algorand.account.random()
  await escrow(algorand, teal)
  await algorand.send.payment({ sender: tenant, receiver, amount: microAlgo(microAlgos) })
  return receiver.toString()
}

export async function releaseDeposit(
  algorand: AlgorandClient,
  teal: string,
  receiver: string,
  microAlgos: bigint,
): Promise<string> {
  const { addr: sender, signer } = await escrow(algorand, teal)
  const sent = await algorand.send.payment({
    sender,
    signer,
    receiver,
    amount: microAlgo(microAlgos),
    staticFee: microAlgo(1000),
  })
  return sent.txIds[0]
}
