// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: asks the customer again
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'
import { base64ToBytes, LogicSigAccount, makeLogicSigAccountTransactionSigner } from 'algosdk'

export async function authorise(algorand: AlgorandClient, teal: string, customerKey: Uint8Array): Promise<Uint8Array> {
  const { result } = await algorand.client.algod.compile(teal).do()
  const account = new LogicSigAccount(base64ToBytes(result))
  account.sign(customerKey)
  return account.toByte()
}

export async function collect(
  algorand: AlgorandClient,
  authority: Uint8Array,
  customer: string,
  shop: string,
  microAlgos: bigint,
): Promise<string> {
  const signer = makeLogicSigAccountTransactionSigner(LogicSigAccount.fromByte(authority))
  const { txIds } = await algorand.send.payment({
    sender: customer,
    signer: algorand.account.getSigner(customer) ?? signer,
    receiver: shop,
    amount: microAlgo(microAlgos),
    staticFee: microAlgo(1000),
  })
  return txIds[0]
}
