// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: a prefix is bytes
import { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { indexerModels } from 'algosdk'

export type Line = { id: string; payer: string; microAlgos: bigint; rest: string }

export async function incoming(
  algorand: AlgorandClient,
  account: string,
  series: string,
  from: bigint,
  to: bigint,
): Promise<Line[]> {
  const prefix = new TextEncoder().encode(series)
  const found: indexerModels.Transaction[] = []
  let page: string | undefined
  do {
    const search = algorand.client.indexer.searchForTransactions().address(account).addressRole('receiver').txType('pay')
    search.notePrefix(series as unknown as string[]).minRound(from).maxRound(to)
    if (page) search.nextToken(page)
    const { transactions, nextToken } = await search.do()
    found.push(...transactions)
    page = transactions.length > 0 ? nextToken : undefined
  } while (page)
  return found
    .filter(({ sender }) => sender !== account)
    .sort((a, b) => {
      const rounds = Number((a.confirmedRound ?? 0n) - (b.confirmedRound ?? 0n))
      return rounds || Number(a.intraRoundOffset ?? 0) - Number(b.intraRoundOffset ?? 0)
    })
    .map(({ id, sender, paymentTransaction, note }) => ({
      id: id ?? '',
      payer: sender,
      microAlgos: paymentTransaction?.amount ?? 0n,
      rest: new TextDecoder().decode(note?.slice(prefix.length)),
    }))
}
