// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { TransactionSignerAccount } from '@algorandfoundation/algokit-utils/types/account'
import type { Fits } from './expect'
import { takeBack } from './main'

type TakeBack = (
  algorand: AlgorandClient, account: string, service: TransactionSignerAccount, owner: TransactionSignerAccount,
) => Promise<boolean>
export const takeBackFits: Fits<typeof takeBack, TakeBack> = true
