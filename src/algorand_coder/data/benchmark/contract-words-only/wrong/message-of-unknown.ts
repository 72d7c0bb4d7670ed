// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: types
// why: what was caught may be anything
export function refusalOf(caught: unknown, known: string[]): string | undefined {
  let current = caught
  while (current) {
    const text: string = current.message
    const fitting = known.filter((message) => text.includes(message))
    if (fitting.length > 0) return fitting.reduce((best, next) => (next.length > best.length ? next : best))
    current = current.cause
  }
  return undefined
}
