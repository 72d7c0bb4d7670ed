// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Contract, uint64 } from '@algorandfoundation/algorand-typescript'
import type { Branch, HeadOffice } from './contract.algo'
import type { Fits } from './expect'

export const areContracts: (Branch | HeadOffice) extends Contract ? true : false = true
export const createFits: Fits<Branch['createApplication'], (town: string) => void> = true
export const townFits: Fits<Branch['town'], () => string> = true
export const visitFits: Fits<Branch['visit'], () => uint64> = true
export const openFits: Fits<HeadOffice['open'], (town: string) => uint64> = true
export const branchesFits: Fits<HeadOffice['branches'], () => uint64> = true
