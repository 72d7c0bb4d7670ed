// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data
// fails-at: behave
// why: the two kinds of setting are swapped
import algosdk from 'algosdk'

const SET_BYTES = 2
const SET_NUMBER = 1

function shown(base64: string): string {
  const bytes = Buffer.from(base64, 'base64')
  try {
    return `"${new TextDecoder('utf-8', { fatal: true }).decode(bytes)}"`
  } catch {
    return `0x${bytes.toString('hex')}`
  }
}

export function changeSlip(confirmation: algosdk.modelsv2.PendingTransactionResponse): string[] {
  const changes = (confirmation.globalStateDelta ?? []).map(({ key, value }) => {
    const name = Buffer.from(key, 'base64').toString('utf-8')
    if (value.action === SET_NUMBER) return { name, line: `${name} = ${value.uint ?? 0n}` }
    if (value.action === SET_BYTES) return { name, line: `${name} = ${shown(value.bytes ?? '')}` }
    return { name, line: `${name} removed` }
  })
  return changes.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ line }) => line)
}
