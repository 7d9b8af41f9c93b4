import type { Item, Key, Store } from '../clients/store.ts'
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
import { deploymentDayKey, principalDayKey } from './table-keys.ts'

/** What became of a reservation: the cap that has no room for it, or the mark by which its settlement finds it. */
export type Reserved = { full: CapName } | { mark?: string }

/** What is spent of what was reserved, by reservations with these marks. */
export interface Settlement {
  reserved: number
  spent: number
  marks: readonly string[]
}

type Scope = ReturnType<typeof scopesOf>[number]

const isTrue = (result: PromiseSettledResult<boolean> | undefined): boolean =>
  result?.status === 'fulfilled' && result.value

/** Gives a reservation back that another cap refused. One whose answer was lost stays reserved for the day. */
const giveBack = async (store: Store, key: Key, micros: number, mark?: string): Promise<void> => {
  try {
    await store.attempt(
      {
        update: key,
        add: { held: -micros, reserved: -micros },
        ...(mark ? { clear: [mark] } : {}),
      },
      true,
    )
  } catch (error) {
    log.warn('reservation not given back', { error: error as Error })
  }
}

/** What a process saw of the deployment's days last: of each, what was held. */
export type SeenDays = Map<string, number>
const maxDays = 3

/** Part of the deployment's cap from which on what a principal's cap refuses may not touch it, not even for a moment. */
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

interface Take {
  store: Store
  account: SpendAccount
  micros: number
  caps: Caps
  /** By which the principal's day knows the reservation. */
  mark: string
  seen: SeenDays
}

/** Reserves under one cap; whether it had room. */
const take = async (
  { store, account, micros, caps, mark, seen }: Take,
  [cap, key]: Scope,
): Promise<boolean> => {
  const isMarked = cap === 'principal_day'
  const room = hasRoom(cap, micros, caps)
  const { done, item } = await store.attempt({
    update: key,
    set: { ...lifeOf(cap, account), ...(isMarked ? { [mark]: micros } : {}) },
    add: { held: micros, reserved: micros },
    condition: isMarked
      ? { ...room, expression: `(${room.expression}) AND attribute_not_exists(#${mark})` }
      : room,
  })
  if (cap === 'deployment_day') remember(seen, account.day, item)
  return done || (isMarked && item?.[mark] !== undefined)
}

/**
 * Reserves under a principal's day and the deployment's: a transaction would count twice, and all turns would
 * meet on the deployment's item. The principal's has a mark for each reservation, by which it is made once and
 * settled once however often it arrives; on the deployment's a lost answer may reserve twice, which is too much
 * and never too little. Both go out at once as long as the deployment has room; then the one after the other.
 */
export const reserveBeside = async (
  store: Store,
  account: SpendAccount,
  micros: number,
  caps: Caps,
  seen: SeenDays,
): Promise<Reserved> => {
  const mark = newId('hold')
  const scopes = scopesOf(account)
  const steps = isRoomy(seen, account.day, caps) ? [scopes] : scopes.map((scope) => [scope])
  const taken: Scope[] = []
  const undo = (): Promise<unknown> =>
    Promise.all(
      taken.map(([cap, key]) =>
        giveBack(store, key, micros, cap === 'principal_day' ? mark : undefined),
      ),
    )
  for (const step of steps) {
    const results = await Promise.allSettled(
      step.map((scope) => take({ store, account, micros, caps, mark, seen }, scope)),
    )
    taken.push(...step.filter((_, at) => isTrue(results[at])))
    const failed = results.find((result) => result.status === 'rejected')
    const full = step.find((_, at) => results[at]?.status === 'fulfilled' && !isTrue(results[at]))
    if (failed || full) await undo()
    if (failed) throw failed.reason
    if (full) return { full: full[0] }
  }
  return { mark }
}

/**
 * A settlement beside others: what arrives a second time finds its mark gone, or is not sent again. Of calls for
 * which nothing was reserved a lost answer may leave the use uncounted.
 */
export const settleBeside = async (
  store: Store,
  account: SpendAccount,
  { reserved, spent, marks }: Settlement,
  used: readonly UsedUnits[],
): Promise<void> => {
  const held = { held: spent - reserved, reserved: -reserved }
  const [first] = marks
  const isHeld = reserved !== 0 || spent !== 0
  await Promise.all([
    store.attempt(
      {
        update: principalDayKey(account.principal, account.day),
        set: { ...lifeOf('principal_day', account), ...tablesOf(used) },
        add: { ...held, ...additions(used) },
        ...(first !== undefined && {
          clear: [...marks],
          condition: { expression: `attribute_exists(#${first})` },
        }),
      },
      first === undefined,
    ),
    isHeld &&
      store.attempt(
        {
          update: deploymentDayKey(account.day),
          set: lifeOf('deployment_day', account),
          add: held,
        },
        true,
      ),
  ])
}
