// fact 44: passes
import algosdk from 'algosdk'

export function demo(sender: string, suggestedParams: algosdk.SuggestedParams): algosdk.Transaction {
  return algosdk.makePaymentTxnWithSuggestedParamsFromObject({ sender, receiver: sender, amount: 5, suggestedParams })
}
