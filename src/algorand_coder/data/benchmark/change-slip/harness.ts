// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type algosdk from 'algosdk'
import type { Fits } from './expect'
import { changeSlip } from './main'

type ChangeSlip = (confirmation: algosdk.modelsv2.PendingTransactionResponse) => string[]
export const changeSlipFits: Fits<typeof changeSlip, ChangeSlip> = true
