// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: a refusal is asked again and again
import { setTimeout as pause } from 'node:timers/promises'

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const status = 'status' in error ? error.status : undefined
  if (typeof status === 'number') return status >= 400
  return error.message.includes('fetch failed')
}

export async function stubborn<T>(
  task: () => Promise<T>,
  attempts: number,
  pauseMs: number,
): Promise<{ result: T; runs: number }> {
  for (let runs = 1; ; runs++) {
    try {
      return { result: await task(), runs }
    } catch (error) {
      if (runs >= attempts || !isTransient(error)) throw error
      await pause(pauseMs * 2 ** (runs - 1))
    }
  }
}
