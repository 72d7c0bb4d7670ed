// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import type { ABIValue } from 'algosdk'
import type { Fits } from './expect'
import { callWithinBudget } from './main'

type CallWithinBudget = (client: AppClient, method: string, args: ABIValue[], budget: bigint) => Promise<bigint>
export const callWithinBudgetFits: Fits<typeof callWithinBudget, CallWithinBudget> = true
