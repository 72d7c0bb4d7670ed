import { strict as assert } from 'node:assert'
import { algo, microAlgo, type AlgorandClient } from '@algorandfoundation/algokit-utils'
import type { AppClient } from '@algorandfoundation/algokit-utils/types/app-client'
import type { Arc56Contract } from '@algorandfoundation/algokit-utils/types/app-arc56'
import * as algosdk from 'algosdk'
import { readFileSync } from 'node:fs'

/** A drawn program: its request, its text, and what is known of how to reach it. */
export type Program = {
  lineage: string
  request: string
  source: string
  module: Record<string, unknown>
  name: string
  parameters: [string, string][]
  spec?: string
  teal?: string
}
export type Scenario = (program: Program, world: World) => Promise<void>

export type Held = { amount: bigint; frozen: boolean }
export type Account = { microAlgo: bigint; assets: Record<string, Held>; created: { id: bigint; total: bigint }[] }
type Answer = (...args: unknown[]) => unknown

/** Accounts with money and what a scenario may ask of the chain; every scenario has its own. */
export class World {
  a = ''
  b = ''
  c = ''
  assetId = 0n
  keys: Record<string, string> = {}
  private count = 0

  constructor(readonly algorand: AlgorandClient) {}

  static async make(algorand: AlgorandClient): Promise<World> {
    const world = new World(algorand)
    ;[world.a, world.b, world.c] = await world.people(500, 200, 300)
    return world
  }

  /** New accounts with so many Algo each, known to the client as signers. */
  async people(...algos: number[]): Promise<string[]> {
    const { addr: sender } = await this.algorand.account.localNetDispenser()
    const group = this.algorand.newGroup()
    const made = algos.map((funds) => {
      const account = algosdk.generateAccount()
      const address = account.addr.toString()
      this.keys[address] = algosdk.secretKeyToMnemonic(account.sk)
      this.algorand.account.fromMnemonic(this.keys[address])
      if (funds > 0) group.addPayment({ sender, receiver: address, amount: algo(funds) })
      return address
    })
    if (algos.some((funds) => funds > 0)) await group.send()
    return made
  }

  /** An asset of `a` with all roles; those who opt in hold as many units as said. */
  async asset(holders: Record<string, bigint> = {}, extra: Record<string, unknown> = {}): Promise<bigint> {
    const roles = { manager: this.a, reserve: this.a, freeze: this.a, clawback: this.a }
    const named = { assetName: 'Chip', unitName: 'CHP', total: 1_000_000n, decimals: 0 }
    const { assetId } = await this.algorand.send.assetCreate({ sender: this.a, ...named, ...roles, ...extra })
    const group = this.algorand.newGroup()
    for (const [holder, amount] of Object.entries(holders)) {
      group.addAssetOptIn({ sender: holder, assetId })
      if (amount > 0n) group.addAssetTransfer({ sender: this.a, receiver: holder, assetId, amount })
    }
    if (Object.keys(holders).length > 0) await group.send()
    this.assetId = assetId
    return assetId
  }

  async balance(address: string | algosdk.Address): Promise<bigint> {
    return (await this.algorand.account.getInformation(address)).balance.microAlgo
  }

  async units(address: string | algosdk.Address, assetId: bigint): Promise<bigint> {
    return (await this.algorand.asset.getAccountInformation(address, assetId)).balance
  }

  async round(): Promise<bigint> {
    return (await this.algorand.client.algod.status().do()).lastRound
  }

  /** Rounds and, where `seconds` is given, time go by. */
  async pass(rounds: number, seconds = 0): Promise<void> {
    if (seconds > 0) await this.algorand.client.algod.setBlockOffsetTimestamp(seconds).do()
    for (let done = 0; done < rounds; done += 1) {
      await this.algorand.send.payment({ sender: this.c, receiver: this.c, amount: microAlgo(0), note: `${this.count++}` })
    }
    if (seconds > 0) await this.algorand.client.algod.setBlockOffsetTimestamp(0).do()
  }

  async look(address: string): Promise<Account> {
    const info = await this.algorand.account.getInformation(address)
    const assets: Record<string, Held> = {}
    for (const held of info.assets ?? []) {
      assets[String(held.assetId)] = { amount: BigInt(held.amount), frozen: held.isFrozen }
    }
    const created = (info.createdAssets ?? []).map((each) => ({ id: each.index, total: BigInt(each.params?.total ?? 0n) }))
    return { microAlgo: info.balance.microAlgo, assets, created }
  }

  async lookAround(): Promise<{ a: Account; b: Account; c: Account }> {
    const [a, b, c] = await Promise.all([this.a, this.b, this.c].map((address) => this.look(address)))
    return { a, b, c }
  }

  /** An account in the form that a parameter's type asks for. */
  as(type: string, address: string): unknown {
    const addr = algosdk.Address.fromString(address)
    if (type === 'string') return address
    if (type === 'Address') return addr
    if (type === 'Account') return algosdk.mnemonicToSecretKey(this.keys[address])
    return { ...this.algorand.account.getAccount(address), addr, signer: this.algorand.account.getSigner(address) }
  }
}

const ACCOUNT = /^(string|Address|Account|TransactionSignerAccount|\{ addr: Address; signer: TransactionSigner \})$/

/** Calls a drawn function: values by parameter name, then accounts in order, then what fits a type. */
export async function run(program: Program, world: World, accounts: string, given: Record<string, unknown> = {}): Promise<unknown> {
  const left = [...accounts].map((letter) => world[letter as 'a' | 'b' | 'c'])
  const byType: Record<string, unknown> = {
    AlgorandClient: world.algorand,
    Algodv2: world.algorand.client.algod,
    AlgoAmount: algo(1),
    bigint: 100_000n,
    number: 2,
    'string[]': [world.b, world.c],
    '{ address: string; weight: bigint }[]': [{ address: world.b, weight: 3n }, { address: world.c, weight: 1n }],
    '{ receiver: string; amount: bigint }[]': [{ receiver: world.b, amount: 3n }],
  }
  const args = program.parameters.map(([name, type]) => {
    if (name in given) {
      const value = given[name]
      return typeof value === 'string' && ACCOUNT.test(type) && algosdk.isValidAddress(value) ? world.as(type, value) : value
    }
    if (name === 'assetId') return world.assetId
    if (ACCOUNT.test(type) && left.length > 0) return world.as(type, left.shift() ?? '')
    if (type in byType) return byType[type]
    throw new Error(`nothing to give for ${name}: ${type}`)
  })
  assert.equal(left.length, 0, `${program.name} takes fewer accounts: ${JSON.stringify(program.parameters)}`)
  return await (program.module[program.name] as Answer)(...args)
}

export const officeSpec = (): string => readFileSync('office.json', 'utf8')

/** The ticket office that client programs are pointed at, made and funded by `a`. */
export async function office(world: World, algos = 5): Promise<AppClient> {
  const factory = world.algorand.client.getAppFactory({ appSpec: officeSpec(), defaultSender: world.a })
  const { appClient } = await factory.send.create({ method: 'create', args: ['first'], populateAppCallResources: false })
  if (algos > 0) await world.algorand.send.payment({ sender: world.a, receiver: appClient.appAddress, amount: algo(algos) })
  return appClient
}

/** A payment or an asset transfer in the group of a call, which the method takes as an argument. */
export type Paid = { pay?: bigint; units?: bigint; asset?: bigint; from?: string; to?: string }

const DECLINED = Symbol('declined')

/** An application made of a drawn contract. Methods go by alternatives of their names, as one draw has one of them. */
export class App {
  readonly calls: string[] = []
  private constructor(readonly program: Program, readonly world: World, readonly client: AppClient, readonly methods: Arc56Contract['methods']) {}

  /** Creates it as `a`. Arguments of creation by name; roles that are not named are `a`. */
  static async create(program: Program, world: World, given: Record<string, unknown> = {}, algos = 5): Promise<App> {
    const spec = JSON.parse(program.spec ?? '') as Arc56Contract
    const factory = world.algorand.client.getAppFactory({ appSpec: spec, defaultSender: world.a })
    const creation = spec.methods.find((method) => method.actions.create.length > 0 && method.actions.call.length === 0)
    const args = (creation?.args ?? []).map((each) => {
      const name = each.name ?? ''
      if (name in given) return given[name] as string
      assert.equal(each.type, 'address', `creation takes ${name}: ${each.type}`)
      return world.a
    })
    const { appClient } = creation
      ? await factory.send.create({ method: creation.name, args, populateAppCallResources: false })
      : await factory.send.bare.create({ populateAppCallResources: false })
    const app = new App(program, world, appClient, spec.methods)
    if (algos > 0) await world.algorand.send.payment({ sender: world.a, receiver: appClient.appAddress, amount: algo(algos) })
    const enrol = spec.methods.find((method) => /^add(Operator|Editor|Moderator)$/.test(method.name))
    if (enrol) {
      const word = enrol.name.slice(3)
      await app.refused(enrol.name, [world.a], /only the creator/, world.c)
      await app.call(enrol.name, [world.a])
      await app.refused(`remove${word}`, [world.b], /no such/)
    }
    return app
  }

  get address(): string {
    return this.client.appAddress.toString()
  }

  /** Whether the request lets not everybody call what changes something. */
  get guarded(): boolean {
    return /only (the|an?|the current) \w+ may do it/.test(this.program.request.replace(/hands the role[^\n.]*?may do it|(takes the role|makes an account)[^\n.]*?may do it/g, ''))
  }

  says(text: string | RegExp): boolean {
    return typeof text === 'string' ? this.program.request.includes(text) : text.test(this.program.request)
  }

  /** A whole number that the program's text holds. */
  literal(pattern: RegExp): bigint {
    const found = pattern.exec(this.program.source)
    assert.ok(found, `no ${pattern} in ${this.program.lineage}`)
    return BigInt(found[1].replaceAll('_', ''))
  }

  find(names: string) {
    const wanted = new RegExp(`^(?:${names})$`)
    return this.methods.find((method) => wanted.test(method.name))
  }

  has(names: string): boolean {
    return this.find(names) !== undefined
  }

  /** Calls a method as `sender` (else `a`), paying for what it pays. */
  async call(names: string, args: unknown[] = [], sender = this.world.a, action: 'call' | 'optIn' | 'closeOut' | 'update' | 'delete' = 'call'): Promise<unknown> {
    const method = this.find(names)
    assert.ok(method, `${this.program.lineage} has no method ${names}: ${this.methods.map((each) => each.name).join(', ')}`)
    const given = await Promise.all(args.map((each) => this.argument(each, sender)))
    const params = { method: method.name, args: given as string[], sender, ...(method.readonly ? {} : { extraFee: microAlgo(4_000) }) }
    if (action === 'update' || action === 'delete') {
      const made = action === 'delete' ? await this.client.send.delete(params) : await this.client.send.update(params)
      return made.return
    }
    return (await this.client.send[action](params)).return
  }

  /** A call that must not go through; its error must say `text`. */
  async refused(names: string, args: unknown[], text: RegExp = /./, sender = this.world.a, action: 'call' | 'optIn' | 'closeOut' = 'call'): Promise<void> {
    const outcome: unknown = await this.call(names, args, sender, action).then(() => DECLINED, (error: unknown) => error)
    assert.notEqual(outcome, DECLINED, `${this.program.lineage}: ${names}(${String(args)}) went through, expected ${text}`)
    assert.match(String((outcome as Error).message), text)
  }

  /** As `a`; where the request guards such methods, a stranger is refused first. */
  async asBoss(names: string, args: unknown[] = []): Promise<unknown> {
    if (this.guarded) await this.refused(names, args, /only|creator/, this.world.c)
    return this.call(names, args)
  }

  /** What the global state holds under a name, as its type says. */
  async global(name: string): Promise<unknown> {
    return this.client.state.global.getValue(name)
  }

  async boxes(): Promise<number> {
    return (await this.world.algorand.app.getBoxNames(this.client.appId)).length
  }

  private async argument(value: unknown, sender: string): Promise<unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Uint8Array) return value
    if (!('pay' in value || 'units' in value)) return value
    const paid = value as Paid
    const parties = { sender: paid.from ?? sender, receiver: paid.to ?? this.address }
    const made = this.world.algorand.createTransaction
    return paid.pay !== undefined
      ? made.payment({ ...parties, amount: microAlgo(paid.pay) })
      : made.assetTransfer({ ...parties, assetId: paid.asset ?? this.world.assetId, amount: paid.units ?? 0n })
  }
}

/** The error of what must fail. */
export async function failure(action: Promise<unknown>, text: RegExp = /./): Promise<Error> {
  const outcome: unknown = await action.then(() => DECLINED, (error: unknown) => error)
  assert.notEqual(outcome, DECLINED, `it went through, expected ${text}`)
  assert.match(String(outcome), text)
  return outcome as Error
}

/** Runs scenarios one after the other; what was wrong, by lineage. */
export async function judge(programs: Program[], scenarios: Record<string, Scenario>, algorand: AlgorandClient): Promise<Record<string, string>> {
  algorand.setSuggestedParamsCacheTimeout(0)
  const wrong: Record<string, string> = {}
  for (const program of programs) {
    try {
      await scenarios[program.lineage](program, await World.make(algorand))
    } catch (error) {
      const stack = String((error as Error).stack).split('\n').filter((line) => /scenarios|rows/.test(line)).slice(0, 1)
      wrong[program.lineage] = [String(error).slice(0, 280), ...stack.map((line) => line.trim().replace(/^at .*\//, ''))].join(' | ')
    }
  }
  return wrong
}
