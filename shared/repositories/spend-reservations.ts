import type { Item, Store } from '../clients/store.ts'
import type { CapName } from '../contracts/spend.ts'
import { newId } from '../platform/ids.ts'
import { log } from '../platform/telemetry.ts'
import type { Caps } from '../rules/spend-caps.ts'
import {
  additions,
  hasRoom,
  lifeOf,
  type SpendAccount,
  scopesOf,
  tablesOf,
  type UsedUnits,
} from './spend-scopes.ts'

/**
 * What became of a reservation: the cap that has no room for it, a refusal of what belongs to it, or the marks by
 * which its settlement finds it, one for each amount.
 */
export type Reserved = { full: CapName } | 'refused' | { marks: string[] }

/** What is spent of what was reserved, by reservations with these marks. */
export interface Settlement {
  reserved: number
  spent: number
  marks: readonly string[]
}

/** What has to happen with a reservation, or not at all. */
export interface Beside {
  /** False when it is refused. */
  take(): Promise<boolean>
  giveBack(): Promise<void>
}

/** What a process saw of the deployment's days last: of each, what was held. */
export type SeenDays = Map<string, number>
const maxDays = 3

/** Part of the deployment's cap from which on what another cap refuses may not touch it, not even for a moment. */
const nearlyFull = 0.9

/** Whether so little was held a moment ago that what is taken and given back refuses no other caller. */
const isRoomy = (seen: SeenDays, day: string, caps: Caps): boolean => {
  const held = seen.get(day)
  return held !== undefined && held < nearlyFull * caps.deployment_day
}

const remember = (seen: SeenDays, day: string, item: Item | undefined): void => {
  if (seen.size >= maxDays) seen.clear()
  if (typeof item?.held === 'number') seen.set(day, item.held)
}

type Scope = ReturnType<typeof scopesOf>[number]

/** An update of the sums of each scope. Those of a run and of a principal's day know each reservation by its mark. */
interface Sums {
  store: Store
  account: SpendAccount
  amounts: readonly number[]
  marks: readonly string[]
  caps: Caps
  seen: SeenDays
}

const sumOf = (amounts: readonly number[]): number =>
  amounts.reduce((sum, micros) => sum + micros, 0)

const isMarked = (cap: CapName): boolean => cap !== 'deployment_day'

const marksExist = (marks: readonly string[]): string =>
  marks.map((mark) => `attribute_exists(#${mark})`).join(' AND ')

/** Nothing of an erased run comes back. */
const runExists = 'attribute_exists(#PK)'

/** Reserves in one scope, once; undefined when its item is gone. */
const takeMarked = async (
  { store, account, amounts, marks, caps }: Sums,
  [cap, key]: Scope,
): Promise<boolean | undefined> => {
  const micros = sumOf(amounts)
  const room = hasRoom(cap, micros, caps)
  const [first = ''] = marks
  const { done, item } = await store.attempt({
    update: key,
    set: {
      ...lifeOf(cap, account),
      ...Object.fromEntries(marks.map((mark, at) => [mark, amounts[at] ?? 0])),
    },
    add: { held: micros, reserved: micros },
    condition: {
      ...room,
      expression: [
        `(${room.expression}) AND attribute_not_exists(#${first})`,
        ...(cap === 'run' ? [runExists] : []),
      ].join(' AND '),
    },
  })
  if (done || item?.[first] !== undefined) return true
  return cap === 'run' && item === undefined ? undefined : false
}

/** Reserves on the deployment's day, where a lost answer may reserve twice: too much, and never too little. */
const takeShared = async (
  { store, account, amounts, caps, seen }: Sums,
  [cap, key]: Scope,
): Promise<boolean> => {
  const micros = sumOf(amounts)
  const { done, item } = await store.attempt({
    update: key,
    set: lifeOf(cap, account),
    add: { held: micros, reserved: micros },
    condition: hasRoom(cap, micros, caps),
  })
  remember(seen, account.day, item)
  return done
}

/** Gives back what may have been reserved. What cannot be given back stays reserved, until the end of the day. */
const giveBack = async ({ store, amounts, marks }: Sums, [cap, key]: Scope): Promise<void> => {
  const micros = sumOf(amounts)
  const add = { held: -micros, reserved: -micros }
  try {
    await (isMarked(cap)
      ? store.attempt({
          update: key,
          add,
          clear: [...marks],
          condition: { expression: marksExist(marks) },
        })
      : store.attempt({ update: key, add }, true))
  } catch (error) {
    log.warn('reservation not given back', { error: error as Error })
  }
}

interface Step {
  take(): Promise<boolean | undefined>
  giveBack(): Promise<void>
  /** Whether what was taken can be told from what was not, so that a try whose end is not known is given back. */
  isSure: boolean
  refusal: Reserved
}

/** Takes several things side by side, all or none. @throws what one of them threw; nothing is held then */
const takeAll = async (
  steps: readonly Step[],
  before: readonly Step[],
): Promise<Reserved | undefined> => {
  const results = await Promise.allSettled(steps.map((step) => step.take()))
  const isTaken = results.map((result) => result.status === 'fulfilled' && result.value === true)
  if (isTaken.every(Boolean)) return undefined
  const undone = steps.filter(
    (step, at) => isTaken[at] || (step.isSure && results[at]?.status === 'rejected'),
  )
  await Promise.all([...before, ...undone].map((step) => step.giveBack()))
  const thrown = results.find((result) => result.status === 'rejected')
  if (thrown) throw thrown.reason
  const refused = results.findIndex((_, at) => !isTaken[at])
  const result = results[refused]
  const isGone = result?.status === 'fulfilled' && result.value === undefined
  return isGone ? 'refused' : steps[refused]?.refusal
}

/** Caps of the run and the principal, then that of all and what goes with it; all at once while there is room. */
const groupsOf = (sums: Sums, beside: Beside | undefined): Step[][] => {
  const steps = scopesOf(sums.account).map(
    (scope): Step => ({
      take: () => (isMarked(scope[0]) ? takeMarked(sums, scope) : takeShared(sums, scope)),
      giveBack: () => giveBack(sums, scope),
      isSure: isMarked(scope[0]),
      refusal: { full: scope[0] },
    }),
  )
  const last: Step[] = beside ? [{ ...beside, isSure: false, refusal: 'refused' }] : []
  if (isRoomy(sums.seen, sums.account.day, sums.caps)) return [[...steps, ...last]]
  const own = steps.filter(({ isSure }) => isSure)
  return [own, [...steps.filter(({ isSure }) => !isSure), ...last]]
}

/**
 * Reserves what calls may cost under every cap, by single updates: a transaction would count each of them twice,
 * and all callers would meet in it on the deployment's item. A mark for each amount makes a reservation take place
 * once and be settled once, however often it arrives. `beside` takes place with it, or not at all.
 * @throws what a write threw; what is known to be held then is given back
 */
export const reserveMarked = async (
  { store, seen }: { store: Store; seen: SeenDays },
  account: SpendAccount,
  amounts: readonly number[],
  caps: Caps,
  beside?: Beside,
): Promise<Reserved> => {
  const micros = sumOf(amounts)
  const tooSmall = scopesOf(account).find(([cap]) => micros > caps[cap])
  if (tooSmall) return { full: tooSmall[0] }
  const marks = amounts.map(() => newId('hold'))
  const taken: Step[] = []
  for (const group of groupsOf({ store, account, amounts, marks, caps, seen }, beside)) {
    const refusal = await takeAll(group, taken)
    if (refusal) return refusal
    taken.push(...group)
  }
  return { marks }
}

/**
 * Puts what calls used in the place of what was reserved for them, once, however often it arrives: their marks are
 * gone then. What had no mark is sent once, and may be lost.
 */
export const settleMarked = async (
  store: Store,
  account: SpendAccount,
  { reserved, spent, marks }: Settlement,
  used: readonly UsedUnits[],
): Promise<void> => {
  const held = { held: spent - reserved, reserved: -reserved }
  const hasMoney = spent !== 0 || reserved !== 0
  const settled = scopesOf(account).map(async ([cap, key]): Promise<void> => {
    const isCounted = cap === 'principal_day'
    if (!isCounted && !hasMoney) return
    const conditions = [
      ...(isMarked(cap) && marks.length > 0 ? [marksExist(marks)] : []),
      ...(cap === 'run' ? [runExists] : []),
    ]
    await store.attempt(
      {
        update: key,
        set: { ...lifeOf(cap, account), ...(isCounted && tablesOf(used)) },
        add: { ...(hasMoney && held), ...(isCounted && additions(used)) },
        ...(isMarked(cap) && { clear: [...marks] }),
        ...(conditions.length > 0 && { condition: { expression: conditions.join(' AND ') } }),
      },
      !isMarked(cap) || marks.length === 0,
    )
  })
  const results = await Promise.allSettled(settled)
  const lost = results.find((result) => result.status === 'rejected')
  if (lost) throw lost.reason
}
