// JSON lines over stdin and stdout. A request is {id, op, …}; answers carry its id: any number of
// {id, item, …} as results come, then {id, done: true} or {id, error}.
import { createInterface } from 'node:readline'

// Libraries may print; stdout belongs to the protocol.
for (const name of ['log', 'info', 'debug', 'warn']) console[name] = (...args) => console.error(...args)

const send = (message) => process.stdout.write(JSON.stringify(message) + '\n')

/** Serve requests one after another. `operations` maps an op to a (possibly async) function of (request, emit). */
export function serve(operations) {
  let last = Promise.resolve()
  createInterface({ input: process.stdin, crlfDelay: Infinity })
    .on('line', (line) => {
      last = last.then(() => answer(operations, JSON.parse(line)))
    })
    .on('close', () => last.then(() => process.exit(0)))
  send({ ready: true })
}

async function answer(operations, request) {
  const { id, op } = request
  try {
    if (!Object.hasOwn(operations, op)) throw new Error(`unknown operation ${op}`)
    const result = await operations[op](request, (item) => send({ id, item }))
    send({ id, done: true, result: result ?? null })
  } catch (error) {
    send({ id, error: String(error?.stack ?? error) })
  }
}
