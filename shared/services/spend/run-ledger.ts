import { ConditionFailed } from '../../clients/store.ts'
import type { Clock } from '../../platform/clock.ts'
import { spendCaps } from '../../platform/spend-settings.ts'
import { log, measure } from '../../platform/telemetry.ts'
import {
  type Beside,
  type SpendRepository,
  spentOn,
  type UsedUnits,
} from '../../repositories/spend-repository.ts'
import { dollarsOf, spendDay } from '../../rules/spend-caps.ts'
import { exceeded } from './budget-exceeded.ts'

interface LedgerDependencies {
  clock: Clock
  spends: Pick<SpendRepository, 'reserve' | 'settle'>
}

/** One call of a run, as far as its money goes. */
export interface LedgerEntry {
  /** Notes what the call used, once; `settle` writes it. */
  end(used: readonly UsedUnits[]): void
}

/**
 * What one worker spends on a run. Each call is reserved before it is made; what calls used is settled for
 * several of them at once. A worker that dies leaves what it had reserved, which counts until the day's end.
 */
export interface RunLedger {
  /**
   * Reserves amounts, in micro-dollars, for calls that are made side by side: all of them have room, or none is
   * reserved; `beside` takes place with them, or not at all.
   * @throws StudioError BUDGET_EXCEEDED that names the cap; ConditionFailed when `beside` was refused
   */
  reserve(amounts: readonly number[], beside?: Beside): Promise<LedgerEntry[]>
  /**
   * Settles the calls that have ended. What cannot be written leaves their reservations. Never rejects.
   * @param all also when nothing was reserved for them, and so no other call waits for it
   */
  settle(all: boolean): Promise<void>
}

/** Calls that have ended, of one day. */
interface Ended {
  day: string
  reserved: number
  marks: string[]
  used: UsedUnits[]
}

/** Whether more was used than was reserved: what is held is less than what is spent then. */
const isOver = ({ reserved, used }: Ended): boolean => spentOn(used) > reserved

const hasMoney = ({ reserved, used }: Ended): boolean => reserved > 0 || spentOn(used) > 0

/** Adds a call that has ended to those of its day. */
const note = (ended: Ended[], { day, reserved, marks, used }: Ended): void => {
  for (const { service, counted } of used) {
    if (counted > 0) measure('SpendUsd', dollarsOf(counted), { service })
  }
  const same = ended.find((each) => each.day === day)
  if (!same) {
    ended.push({ day, reserved, marks: [...marks], used: [...used] })
    return
  }
  same.reserved += reserved
  same.marks.push(...marks)
  same.used.push(...used)
}

export const openRunLedger = (
  { clock, spends }: LedgerDependencies,
  spender: { principal: string; runId: string },
): RunLedger => {
  let ended: Ended[] = []
  let settling: Promise<unknown> = Promise.resolve()
  /** The settlement of what was over its reservation: nothing is reserved before it. */
  let settlingOver: Promise<unknown> = Promise.resolve()

  const settleDay = async ({ day, reserved, marks, used }: Ended): Promise<void> => {
    try {
      const settlement = { reserved, spent: spentOn(used), marks }
      await spends.settle({ ...spender, day }, settlement, used)
    } catch (error) {
      // It stays reserved until the end of the day, or of the run: nothing is given back by mistake.
      log.warn('spending not settled', { error: error as Error })
    }
  }

  const settle = async (all: boolean): Promise<void> => {
    const due = ended.filter((each) => all || hasMoney(each))
    ended = ended.filter((each) => !due.includes(each))
    settling = Promise.all([settling, ...due.map(settleDay)])
    if (due.some(isOver)) settlingOver = settling
    await settling
  }

  const hold = async (
    day: string,
    amounts: readonly number[],
    beside: Beside | undefined,
  ): Promise<string[]> => {
    const micros = amounts.reduce((sum, each) => sum + each, 0)
    if (micros === 0) {
      if (beside && !(await beside.take())) throw new ConditionFailed([0], undefined)
      return []
    }
    if (ended.some(isOver)) await settle(false)
    await settlingOver
    const reserve = () => spends.reserve({ ...spender, day }, amounts, spendCaps(), beside)
    let reserved = await reserve()
    if (reserved !== 'refused' && 'full' in reserved) {
      // What calls of the run that have ended did not use may be all that is missing.
      await settle(false)
      reserved = await reserve()
    }
    if (reserved === 'refused') throw new ConditionFailed([0], undefined)
    if ('full' in reserved) throw exceeded(reserved.full, micros, clock.now())
    return reserved.marks
  }

  return {
    async reserve(amounts, beside) {
      const day = spendDay(clock.now())
      const marks = await hold(day, amounts, beside)
      return amounts.map((micros, at): LedgerEntry => {
        let isOpen = true
        const mark = marks[at]
        return {
          end(used) {
            if (!isOpen) return
            isOpen = false
            if (mark === undefined && used.length === 0) return
            note(ended, {
              day,
              reserved: micros,
              marks: mark === undefined ? [] : [mark],
              used: [...used],
            })
          },
        }
      })
    },
    settle,
  }
}
