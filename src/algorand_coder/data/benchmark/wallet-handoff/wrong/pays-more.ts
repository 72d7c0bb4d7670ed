// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the fee is doubled by an extra fee
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import { AlgoAmount } from '@algorandfoundation/algokit-utils/types/amount'
import algosdk from 'algosdk'

export async function preparePayment(
  algorand: AlgorandClient,
  customer: string,
  shop: string,
  microAlgos: bigint,
): Promise<{ bytes: Uint8Array; id: string }> {
  const transaction = await algorand.createTransaction.payment({
    sender: customer,
    receiver: shop,
    amount: AlgoAmount.MicroAlgos(microAlgos),
    extraFee: AlgoAmount.MicroAlgos(1000),
  })
  return { bytes: algosdk.encodeUnsignedTransaction(transaction), id: transaction.txID() }
}
