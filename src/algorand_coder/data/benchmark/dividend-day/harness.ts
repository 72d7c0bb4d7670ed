// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import type { Fits } from './expect'
import { payDividend } from './main'

type PayDividend = (client: AppClient, first: string, second: string) => Promise<bigint>
export const payDividendFits: Fits<typeof payDividend, PayDividend> = true
