// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
import type { Fits } from './expect'
import { stubborn } from './main'

type Stubborn = (task: () => Promise<bigint>, attempts: number, pauseMs: number) => Promise<{ result: bigint; runs: number }>
export const stubbornFits: Fits<typeof stubborn<bigint>, Stubborn> = true
