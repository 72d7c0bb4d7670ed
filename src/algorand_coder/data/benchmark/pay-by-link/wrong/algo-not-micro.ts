// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: takes the amount for Algo
import { AlgorandClient, microAlgo } from '@algorandfoundation/algokit-utils'
import { isValidAddress } from 'algosdk'

export async function payLink(algorand: AlgorandClient, payer: string, link: string): Promise<string> {
  const [, receiver, query] = /^algorand:\/\/([A-Z2-7]+)(?:\?(.*))?$/.exec(link) ?? []
  if (!receiver || !isValidAddress(receiver)) throw new SyntaxError('no payment link')
  const asked = new URLSearchParams(query ?? '')
  const amount = asked.get('amount') ?? ''
  if (!/^\d+$/.test(amount) || asked.has('asset')) throw new SyntaxError('no payment in Algo')
  const note = asked.get('xnote') ?? asked.get('note') ?? undefined
  const { transaction } = await algorand.send.payment({
    sender: payer,
    receiver,
    amount: microAlgo(BigInt(amount) * 1_000_000n),
    note,
  })
  return transaction.txID()
}
