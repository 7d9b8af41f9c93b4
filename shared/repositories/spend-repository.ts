import { ConditionFailed, type Item, itemsOf, type Store, type Write } from '../clients/store.ts'
import type { CapName } from '../contracts/spend.ts'
import type { Caps } from '../rules/spend-caps.ts'
import {
  type Beside,
  type Reserved,
  reserveMarked,
  type SeenDays,
  type Settlement,
  settleMarked,
} from './spend-reservations.ts'
import {
  additions,
  hasRoom,
  lifeOf,
  type SpendAccount,
  scopesOf,
  tablesOf,
  type UsedUnits,
} from './spend-scopes.ts'
import { expiry, principalDayRange, runSpendKey } from './table-keys.ts'

export type { Beside, Reserved, Settlement } from './spend-reservations.ts'
export { type SpendAccount, spendAttribute, spentOn, type UsedUnits } from './spend-scopes.ts'

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
  /** Adds to a run what was spent for it before it began, under the days' caps alone. */
  addToRun(runId: string, now: number, used: readonly UsedUnits[]): Write
  /** Reserves what calls may cost under every cap, side by side, see `reserveMarked`. */
  reserve(
    account: SpendAccount,
    amounts: readonly number[],
    caps: Caps,
    beside?: Beside,
  ): Promise<Reserved>
  /** Puts what was really spent in the place of reservations, and adds what was used, see `settleMarked`. */
  settle(account: SpendAccount, change: Settlement, used: readonly UsedUnits[]): Promise<void>
  /**
   * Reserves an amount under every cap in one transaction with `writes`.
   * @returns the cap that has no room for it
   * @throws ConditionFailed when one of `writes` was refused; `failed` counts within them
   */
  reserveWith(
    account: SpendAccount,
    micros: number,
    caps: Caps,
    writes: readonly Write[],
  ): Promise<{ full: CapName } | undefined>
  /** Settles in one transaction with `writes`. To be called once: a second call would give back what others hold. */
  settleWith(
    account: SpendAccount,
    change: Settlement,
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

const number = (value: unknown): number => (typeof value === 'number' ? value : 0)

const sumsOf = (item: Item | undefined): SpendSums => ({
  held: number(item?.held),
  reserved: number(item?.reserved),
})

const reserveWith = async (
  store: Store,
  account: SpendAccount,
  micros: number,
  caps: Caps,
  writes: readonly Write[],
): Promise<{ full: CapName } | undefined> => {
  const scopes = scopesOf(account)
  const tooSmall = scopes.find(([cap]) => micros > caps[cap])
  if (tooSmall) return { full: tooSmall[0] }
  const reservations = scopes.map(
    ([cap, key]): Write => ({
      update: key,
      set: lifeOf(cap, account),
      add: { held: micros, reserved: micros },
      condition: hasRoom(cap, micros, caps),
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
    return { full: refused[0] }
  }
}

const settleWith = async (
  store: Store,
  account: SpendAccount,
  settlement: Settlement,
  used: readonly UsedUnits[],
  writes: readonly Write[],
): Promise<void> => {
  const { reserved, spent, marks } = settlement
  const held = { held: spent - reserved, reserved: -reserved }
  const sums = additions(used)
  const settled = scopesOf(account).flatMap(([cap, key]): Write[] => {
    const isCounted = cap !== 'deployment_day'
    if (!isCounted && spent === 0 && reserved === 0) return []
    const add = { ...held, ...(isCounted ? sums : {}) }
    const set = { ...lifeOf(cap, account), ...(isCounted ? tablesOf(used) : {}) }
    // Nothing of an erased run comes back.
    const condition = cap === 'run' ? { condition: { expression: 'attribute_exists(#PK)' } } : {}
    const clear = cap === 'principal_day' ? { clear: [...marks] } : {}
    return [{ update: key, set, add, ...clear, ...condition }]
  })
  try {
    await store.write([...settled, ...writes])
  } catch (error) {
    if (!(error instanceof ConditionFailed) || account.runId === undefined) throw error
    await settleWith(store, { ...account, runId: undefined }, settlement, used, [])
  }
}

export const createSpendRepository = (
  store: Store,
  seen: SeenDays = new Map(),
): SpendRepository => ({
  openRun: (runId, now) => ({
    update: runSpendKey(runId),
    set: { ttl: expiry(now, 'spendRun') },
    add: { held: 0, reserved: 0 },
  }),
  addToRun: (runId, now, used) => ({
    update: runSpendKey(runId),
    set: { ttl: expiry(now, 'spendRun') },
    add: { held: used.reduce((sum, { counted }) => sum + counted, 0) },
  }),
  reserve: (...rest) => reserveMarked({ store, seen }, ...rest),
  settle: (...rest) => settleMarked(store, ...rest),
  reserveWith: (...rest) => reserveWith(store, ...rest),
  settleWith: (...rest) => settleWith(store, ...rest),
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
