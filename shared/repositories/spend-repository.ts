import {
  ConditionFailed,
  type Item,
  itemsOf,
  type Key,
  type Store,
  type Write,
} from '../clients/store.ts'
import type { AgentName } from '../contracts/agents.ts'
import type { Usage } from '../contracts/provenance.ts'
import type { CapName, SpendService } from '../contracts/spend.ts'
import type { Caps } from '../rules/spend-caps.ts'
import {
  deploymentDayKey,
  expiry,
  principalDayKey,
  principalDayRange,
  runSpendKey,
} from './table-keys.ts'

/** Whose money it is, on which day in UTC. */
export interface SpendAccount {
  principal: string
  runId?: string | undefined
  day: string
}

/** What calls of one service used; amounts in micro-dollars. */
export interface UsedUnits {
  service: SpendService
  /** Of a text model's call. */
  agent?: AgentName | undefined
  calls: number
  /** What they cost as far as a price is known. */
  micros: number
  /** What counts towards the caps: the same, or more where the price is not known and a bound stands in for it. */
  counted: number
  /** The part of the cost that was reserved for calls without usage. */
  estimated: number
  withoutUsage: number
  withoutPrice: number
  /** Of known prices. */
  table: string | null
  tokens?: Usage | undefined
  milliseconds?: number
  characters?: number
}

/** Sums of one item, in micro-dollars; `held` is what is spent and what is reserved. */
export interface SpendSums {
  held: number
  reserved: number
}

export interface SpendDay extends SpendSums {
  day: string
  item: Item
}

export interface SpendRepository {
  /** Begins the sums of a run, or leaves them as they are. */
  openRun(runId: string, now: number): Write
  /**
   * Reserves an amount under every cap, or under none, in one transaction with `writes`.
   * @returns the cap that has no room for it
   * @throws ConditionFailed when one of `writes` was refused; `failed` counts within them
   */
  reserve(
    account: SpendAccount,
    micros: number,
    caps: Caps,
    writes: readonly Write[],
  ): Promise<CapName | undefined>
  /**
   * Puts what was really spent in the place of a reservation, and adds what was used. To be called once:
   * a second call would give back what others have reserved.
   */
  settle(
    account: SpendAccount,
    change: { reserved: number; spent: number },
    used: readonly UsedUnits[],
    writes: readonly Write[],
  ): Promise<void>
  /** Writes without a reservation. @throws ConditionFailed */
  write(writes: readonly Write[]): Promise<void>
  /** What is held under each cap now. */
  sums(account: SpendAccount): Promise<Record<CapName, SpendSums>>
  /** Days of a principal from `from` on, newest first. */
  days(principal: string, from: string): Promise<SpendDay[]>
}

/** What one service was used for, as an item sums it up. */
export interface ServiceSums {
  calls: number
  micros: number
  withoutPrice: number
  table: string | null
}

export const nothingUsed: ServiceSums = { calls: 0, micros: 0, withoutPrice: 0, table: null }

/** Of the items of a run, what its searches come to. */
export const searchSumsOf = (items: readonly Item[]): ServiceSums => {
  const item = items.find(({ SK }) => SK === runSpendKey('').SK)
  const table = item?.search_table
  return {
    calls: number(item?.search_calls),
    micros: number(item?.search_micros),
    withoutPrice: number(item?.search_without_price),
    table: typeof table === 'string' ? table : null,
  }
}

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

const sumsOf = (item: Item | undefined): SpendSums => ({
  held: number(item?.held),
  reserved: number(item?.reserved),
})

const scopesOf = ({ principal, runId, day }: SpendAccount): [CapName, Key][] => [
  ...(runId === undefined ? [] : [['run', runSpendKey(runId)] as [CapName, Key]]),
  ['principal_day', principalDayKey(principal, day)],
  ['deployment_day', deploymentDayKey(day)],
]

const lifeOf = (cap: CapName, { day }: SpendAccount): Record<string, unknown> =>
  cap === 'run'
    ? { ttl: expiry(Date.parse(day), 'spendRun') }
    : { day, ttl: expiry(Date.parse(day), 'spendDay') }

/** The names of the attributes that hold one sum, by its service and agent. */
export const spendAttribute = (
  { service, agent }: Pick<UsedUnits, 'service' | 'agent'>,
  sum: string,
): string => (agent === undefined ? `${service}_${sum}` : `${service}_${agent}_${sum}`)

const unitsOf = (used: UsedUnits): Record<string, number> => ({
  calls: used.calls,
  micros: used.micros,
  estimated: used.estimated,
  without_usage: used.withoutUsage,
  without_price: used.withoutPrice,
  ms: used.milliseconds ?? 0,
  characters: used.characters ?? 0,
  input: used.tokens?.input_tokens ?? 0,
  output: used.tokens?.output_tokens ?? 0,
  total: used.tokens?.total_tokens ?? 0,
})

/** What is added to a principal's day, or to a run; sums that stay as they are do not stand in it. */
const additions = (used: readonly UsedUnits[]): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const each of used) {
    for (const [sum, by] of Object.entries(unitsOf(each))) {
      const name = spendAttribute(each, sum)
      if (by !== 0) sums[name] = (sums[name] ?? 0) + by
    }
  }
  return sums
}

const tablesOf = (used: readonly UsedUnits[]): Record<string, string> =>
  Object.fromEntries(
    used.flatMap(({ service, table }) => (table === null ? [] : [[`${service}_table`, table]])),
  )

const reserve = async (
  store: Store,
  account: SpendAccount,
  micros: number,
  caps: Caps,
  writes: readonly Write[],
): Promise<CapName | undefined> => {
  const scopes = scopesOf(account)
  const tooSmall = scopes.find(([cap]) => micros > caps[cap])
  if (tooSmall) return tooSmall[0]
  const reservations = scopes.map(
    ([cap, key]): Write => ({
      update: key,
      set: lifeOf(cap, account),
      add: { held: micros, reserved: micros },
      condition: {
        expression: 'attribute_not_exists(#held) OR #held < :over',
        values: { ':over': caps[cap] - micros + 1 },
      },
    }),
  )
  try {
    await store.write([...writes, ...reservations])
    return undefined
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    const own = error.failed.filter((position) => position < writes.length)
    if (own.length > 0) throw new ConditionFailed(own, error)
    const refused = scopes.find((_, index) => error.failed.includes(writes.length + index))
    if (refused === undefined) throw error
    return refused[0]
  }
}

const settle = async (
  store: Store,
  account: SpendAccount,
  { reserved, spent }: { reserved: number; spent: number },
  used: readonly UsedUnits[],
  writes: readonly Write[],
): Promise<void> => {
  const held = { held: spent - reserved, reserved: -reserved }
  const sums = additions(used)
  const settled = scopesOf(account).flatMap(([cap, key]): Write[] => {
    const isCounted = cap !== 'deployment_day'
    if (!isCounted && spent === 0 && reserved === 0) return []
    const add = { ...held, ...(isCounted ? sums : {}) }
    const set = { ...lifeOf(cap, account), ...(isCounted ? tablesOf(used) : {}) }
    // Nothing of an erased run comes back.
    const condition = cap === 'run' ? { condition: { expression: 'attribute_exists(#PK)' } } : {}
    return [{ update: key, set, add, ...condition }]
  })
  try {
    await store.write([...settled, ...writes])
  } catch (error) {
    if (!(error instanceof ConditionFailed) || account.runId === undefined) throw error
    await settle(store, { ...account, runId: undefined }, { reserved, spent }, used, [])
  }
}

export const createSpendRepository = (store: Store): SpendRepository => ({
  openRun: (runId, now) => ({
    update: runSpendKey(runId),
    set: { ttl: expiry(now, 'spendRun') },
    add: { held: 0, reserved: 0 },
  }),
  reserve: (account, micros, caps, writes) => reserve(store, account, micros, caps, writes),
  settle: (account, change, used, writes) => settle(store, account, change, used, writes),
  write: (writes) => store.write([...writes]),
  async sums(account) {
    const found = await Promise.all(
      scopesOf(account).map(async ([cap, key]) => [cap, sumsOf(await store.get(key))] as const),
    )
    const none = { held: 0, reserved: 0 }
    return { run: none, principal_day: none, deployment_day: none, ...Object.fromEntries(found) }
  },
  async days(principal, from) {
    const items = await itemsOf(store, { ...principalDayRange(principal, from), newestFirst: true })
    return items.map((item) => ({ ...sumsOf(item), day: String(item.day), item }))
  },
})
