// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import algosdk from 'algosdk'

export async function preparePayment(
  algorand: AlgorandClient, customer: string, shop: string, microAlgos: bigint,
): Promise<{ bytes: Uint8Array; id: string }> {
  const suggestedParams = { ...(await algorand.client.algod.getTransactionParams().do()), flatFee: true, fee: 1000n }
  const payment = algosdk.makePaymentTxnWithSuggestedParamsFromObject({
    sender: customer, receiver: shop, amount: microAlgos, suggestedParams,
  })
  const bytes = algosdk.encodeMsgpack(payment)
  return { bytes, id: payment.txID() }
}
