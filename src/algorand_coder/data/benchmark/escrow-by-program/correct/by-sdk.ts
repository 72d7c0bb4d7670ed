// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import algosdk from 'algosdk'

async function program(algorand: AlgorandClient, teal: string): Promise<algosdk.LogicSigAccount> {
  const { result } = await algorand.client.algod.compile(teal).do()
  return new algosdk.LogicSigAccount(algosdk.base64ToBytes(result))
}

export async function fundDeposit(
  algorand: AlgorandClient, teal: string, tenant: string, microAlgos: bigint,
): Promise<string> {
  const receiver = (await program(algorand, teal)).address().toString()
  await algorand.newGroup().addPayment({ sender: tenant, receiver, amount: AlgoAmount.MicroAlgos(microAlgos) }).send()
  return receiver
}

export async function releaseDeposit(
  algorand: AlgorandClient, teal: string, receiver: string, microAlgos: bigint,
): Promise<string> {
  const account = await program(algorand, teal)
  const suggestedParams = { ...(await algorand.getSuggestedParams()), flatFee: true, fee: 1000n }
  const txn = algosdk.makePaymentTxnWithSuggestedParamsFromObject({
    sender: account.address(), receiver, amount: microAlgos, suggestedParams,
  })
  const { blob, txID } = algosdk.signLogicSigTransactionObject(txn, account)
  await algorand.client.algod.sendRawTransaction(blob).do()
  await algosdk.waitForConfirmation(algorand.client.algod, txID, 4)
  return txID
}
