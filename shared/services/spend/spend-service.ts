import { ConditionFailed, type Write } from '../../clients/store.ts'
import type { CapName } from '../../contracts/spend.ts'
import type { Clock } from '../../platform/clock.ts'
import { spendCaps } from '../../platform/spend-settings.ts'
import { log, measure } from '../../platform/telemetry.ts'
import {
  type Settlement,
  type SpendRepository,
  spentOn,
  type UsedUnits,
} from '../../repositories/spend-repository.ts'
import { dollarsOf, spendDay } from '../../rules/spend-caps.ts'
import { exceeded } from './budget-exceeded.ts'
import { openRunLedger, type RunLedger } from './run-ledger.ts'

export interface SpendDependencies {
  clock: Clock
  spends: SpendRepository
}

export interface Spender {
  principal: string
  runId?: string | undefined
}

/** What may be spent on one call, until it is settled. */
export interface Reservation {
  /** Reserves so much that it holds this amount, in micro-dollars, at least. @throws StudioError BUDGET_EXCEEDED */
  raise(micros: number): Promise<void>
  /**
   * Puts what the call used in its place; only the first call counts. `writes` go with it. What cannot be
   * written leaves the reservation. Never rejects.
   */
  settle(used: readonly UsedUnits[], writes?: readonly Write[]): Promise<void>
  /** Gives it back: the call was not made. Never rejects. */
  release(): Promise<void>
}

export interface SpendService {
  /**
   * Reserves an amount, in micro-dollars, before it may be spent; `writes` take effect with it or not at
   * all. What costs nothing, or has no known price, is reserved without a write.
   * @throws StudioError BUDGET_EXCEEDED that names the cap; ConditionFailed for one of `writes`
   */
  reserve(spender: Spender, micros: number, writes?: readonly Write[]): Promise<Reservation>
  /** Opens what one worker spends on a run. */
  openLedger(spender: { principal: string; runId: string }): RunLedger
  /** @throws StudioError BUDGET_EXCEEDED when there is no room for the amount now */
  assertRoom(spender: Spender, micros: number): Promise<void>
}

/** Whether single updates do: without writes that belong to it. A run's item may be gone, which refuses them. */
const canBeMarked = ({ runId }: Spender, writes: readonly Write[]): boolean =>
  runId === undefined && writes.length === 0

/** Reserves an amount on a day. @returns the marks of what it reserved @throws StudioError BUDGET_EXCEEDED; ConditionFailed for one of `writes` */
const hold = async (
  { clock, spends }: SpendDependencies,
  spender: Spender & { day: string },
  micros: number,
  writes: readonly Write[] = [],
): Promise<string[]> => {
  if (micros === 0) {
    if (writes.length > 0) await spends.write(writes)
    return []
  }
  const reserved = canBeMarked(spender, writes)
    ? await spends.reserve(spender, [micros], spendCaps())
    : await spends.reserveWith(spender, micros, spendCaps(), writes)
  if (reserved === 'refused') throw new ConditionFailed([], undefined)
  if (reserved && 'full' in reserved) throw exceeded(reserved.full, micros, clock.now())
  return reserved?.marks ?? []
}

const settleOnce = async (
  { spends }: SpendDependencies,
  account: Spender & { day: string },
  { reserved, marks }: Pick<Settlement, 'reserved' | 'marks'>,
  { used, writes }: { used: readonly UsedUnits[]; writes: readonly Write[] },
): Promise<void> => {
  if (reserved === 0 && used.length === 0) return
  for (const { service, counted } of used) {
    if (counted > 0) measure('SpendUsd', dollarsOf(counted), { service })
  }
  try {
    const settlement = { reserved, spent: spentOn(used), marks }
    await (canBeMarked(account, writes) && (marks.length > 0 || reserved === 0)
      ? spends.settle(account, settlement, used)
      : spends.settleWith(account, settlement, used, writes))
  } catch (error) {
    // It stays reserved until the end of the day, or of the run: nothing is given back by mistake.
    log.warn('spending not settled', { error: error as Error })
  }
}

const reservationOf = (
  dependencies: SpendDependencies,
  account: Spender & { day: string },
  micros: number,
  marks: string[],
): Reservation => {
  let reserved = micros
  let isOpen = true
  const settle: Reservation['settle'] = async (used, more = []) => {
    if (!isOpen) return
    isOpen = false
    await settleOnce(dependencies, account, { reserved, marks }, { used, writes: more })
  }
  return {
    async raise(least) {
      if (least <= reserved) return
      marks.push(...(await hold(dependencies, account, least - reserved)))
      reserved = least
    },
    settle,
    release: () => settle([]),
  }
}

const reserve = async (
  dependencies: SpendDependencies,
  spender: Spender,
  micros: number,
  writes: readonly Write[],
): Promise<Reservation> => {
  const account = { ...spender, day: spendDay(dependencies.clock.now()) }
  const marks = await hold(dependencies, account, micros, writes)
  return reservationOf(dependencies, account, micros, marks)
}

const assertRoom = async (
  { clock, spends }: SpendDependencies,
  spender: Spender,
  micros: number,
): Promise<void> => {
  if (micros === 0) return
  const now = clock.now()
  const caps = spendCaps()
  const sums = await spends.sums({ ...spender, day: spendDay(now) })
  const order: CapName[] = ['run', 'principal_day', 'deployment_day']
  const full = order.find((cap) => sums[cap].held + micros > caps[cap])
  if (full) throw exceeded(full, micros, now)
}

/**
 * What may be spent, is and was. Amounts are reserved under the caps before a call and settled after it. A
 * worker that dies in between leaves its reservation, which counts until the end of the day, or of the run.
 */
export const createSpendService = (dependencies: SpendDependencies): SpendService => ({
  reserve: (spender, micros, writes = []) => reserve(dependencies, spender, micros, writes),
  openLedger: (spender) => openRunLedger(dependencies, spender),
  assertRoom: (spender, micros) => assertRoom(dependencies, spender, micros),
})
