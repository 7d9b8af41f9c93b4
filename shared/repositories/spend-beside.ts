import type { Key, Store } from '../clients/store.ts'
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

/**
 * Reserves under a principal's day and then under the deployment's: a transaction would count twice, and all
 * turns would meet on the deployment's item. The principal's has a mark for each reservation, by which it is
 * made once and settled once however often it arrives; on the deployment's a lost answer may reserve twice,
 * which is too much and never too little.
 */
export const reserveBeside = async (
  store: Store,
  account: SpendAccount,
  micros: number,
  caps: Caps,
): Promise<Reserved> => {
  const mark = newId('hold')
  const take = async ([cap, key]: Scope): Promise<boolean> => {
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
    return done || (isMarked && item?.[mark] !== undefined)
  }
  const taken: Scope[] = []
  const undo = (): Promise<unknown> =>
    Promise.all(
      taken.map(([cap, key]) =>
        giveBack(store, key, micros, cap === 'principal_day' ? mark : undefined),
      ),
    )
  // What a principal's cap refuses takes no part of the deployment's, not even for a moment.
  for (const scope of scopesOf(account)) {
    let isTaken: boolean
    try {
      isTaken = await take(scope)
    } catch (error) {
      await undo()
      throw error
    }
    if (!isTaken) {
      await undo()
      return { full: scope[0] }
    }
    taken.push(scope)
  }
  return { mark }
}

/** A settlement beside others: what arrives a second time finds its mark gone, or is not sent again. */
export const settleBeside = async (
  store: Store,
  account: SpendAccount,
  { reserved, spent, marks }: Settlement,
  used: readonly UsedUnits[],
): Promise<void> => {
  const held = { held: spent - reserved, reserved: -reserved }
  const [first] = marks
  await Promise.all([
    store.attempt({
      update: principalDayKey(account.principal, account.day),
      set: { ...lifeOf('principal_day', account), ...tablesOf(used) },
      add: { ...held, ...additions(used) },
      clear: [...marks],
      condition: { expression: `attribute_exists(#${first})` },
    }),
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
