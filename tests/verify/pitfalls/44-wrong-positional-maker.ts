// fact 44: fails at types
import algosdk from 'algosdk'

export function demo(sender: string, suggestedParams: algosdk.SuggestedParams): algosdk.Transaction {
  return algosdk.makePaymentTxnWithSuggestedParams(sender, sender, 5, undefined, undefined, suggestedParams)
}
