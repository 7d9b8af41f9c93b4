import type { Key, Store } from '../clients/store.ts'
import type { CapName } from '../contracts/spend.ts'
import { newId } from '../platform/ids.ts'
import { log } from '../platform/telemetry.ts'
import type { Caps } from '../rules/spend-caps.ts'
import type { Settlement } from './spend-beside.ts'
import {
  additions,
  hasRoom,
  lifeOf,
  type SpendAccount,
  scopesOf,
  tablesOf,
  type UsedUnits,
} from './spend-scopes.ts'

export type RunAccount = SpendAccount & { runId: string }

/** Whether the amounts of a run's calls were reserved: the cap without room, a refusal, or their marks. */
export type RunReserved = { full: CapName } | 'refused' | { marks: string[] }

/** What has to happen with a reservation, or not at all. */
export interface Beside {
  /** False when it is refused. */
  take(): Promise<boolean>
  giveBack(): Promise<void>
}

type Scope = ReturnType<typeof scopesOf>[number]

/** An update of one scope's sums. Those of a run and of a principal's day know each reservation by a mark. */
interface Sums {
  store: Store
  account: RunAccount
  amounts: readonly number[]
  marks: readonly string[]
}

const sumOf = (amounts: readonly number[]): number =>
  amounts.reduce((sum, micros) => sum + micros, 0)

const isMarked = (cap: CapName): boolean => cap !== 'deployment_day'

const marksExist = (marks: readonly string[]): string =>
  marks.map((mark) => `attribute_exists(#${mark})`).join(' AND ')

/** Reserves in one scope; undefined when its item is gone. */
const take = async (
  { store, account, amounts, marks }: Sums,
  [cap, key]: Scope,
  caps: Caps,
): Promise<boolean | undefined> => {
  const micros = sumOf(amounts)
  const room = hasRoom(cap, micros, caps)
  const [first = ''] = marks
  const { done, item } = await store.attempt({
    update: key,
    set: {
      ...lifeOf(cap, account),
      ...(isMarked(cap) && Object.fromEntries(marks.map((mark, at) => [mark, amounts[at] ?? 0]))),
    },
    add: { held: micros, reserved: micros },
    condition: isMarked(cap)
      ? {
          ...room,
          expression: [
            `(${room.expression}) AND attribute_not_exists(#${first})`,
            // Nothing of an erased run comes back.
            ...(cap === 'run' ? ['attribute_exists(#PK)'] : []),
          ].join(' AND '),
        }
      : room,
  })
  if (done || (isMarked(cap) && item?.[first] !== undefined)) return true
  return cap === 'run' && item === undefined ? undefined : false
}

/** Gives back what may have been reserved. What cannot be given back stays reserved, until the end of the day. */
const giveBack = async (
  { store, amounts, marks }: Sums,
  [cap, key]: readonly [CapName, Key],
): Promise<void> => {
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
  /** Whether a try with an unknown end has to be given back, too: it can tell whether it took effect. */
  isSure: boolean
  refusal: RunReserved
}

/** Takes several things side by side, all or none. @throws what one of them threw; nothing is held then */
const takeAll = async (
  steps: readonly Step[],
  before: readonly Step[],
): Promise<RunReserved | undefined> => {
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

/**
 * Reserves what calls of a run may cost under all of its caps, by single updates: a transaction would count each
 * of them twice, and all runs would meet in it on the deployment's item. What the run or its principal has no
 * room for takes nothing of the deployment's. `beside` takes place with the last of them.
 */
export const reserveForRun = async (
  store: Store,
  account: RunAccount,
  amounts: readonly number[],
  caps: Caps,
  beside?: Beside,
): Promise<RunReserved> => {
  const scopes = scopesOf(account)
  const micros = sumOf(amounts)
  const tooSmall = scopes.find(([cap]) => micros > caps[cap])
  if (tooSmall) return { full: tooSmall[0] }
  const marks = amounts.map(() => newId('hold'))
  const sums: Sums = { store, account, amounts, marks }
  const steps = scopes.map(
    (scope): Step => ({
      take: () => take(sums, scope, caps),
      giveBack: () => giveBack(sums, scope),
      isSure: isMarked(scope[0]),
      refusal: { full: scope[0] },
    }),
  )
  const own = steps.filter(({ isSure }) => isSure)
  const last: Step[] = [
    ...steps.filter(({ isSure }) => !isSure),
    ...(beside ? [{ ...beside, isSure: false, refusal: 'refused' as const }] : []),
  ]
  return (await takeAll(own, [])) ?? (await takeAll(last, own)) ?? { marks }
}

/**
 * Puts what calls of a run used in the place of what was reserved for them, once, however often it arrives: their
 * marks are gone then. What had no mark is sent once, and may be lost.
 */
export const settleForRun = async (
  store: Store,
  account: RunAccount,
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
      ...(cap === 'run' ? ['attribute_exists(#PK)'] : []),
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
