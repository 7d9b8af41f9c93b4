import { planDates, tomorrowInSeoul } from '../../../shared/rules/export/plan-dates.ts'
import type { PlanEntry } from './assemble.ts'

export interface PlannedEntry extends PlanEntry {
  /** Its place in the plan, by which the copy filter names it. */
  index: number
}

export interface PlannedDay {
  /** `YYYY-MM-DD`. */
  date: string
  entries: PlannedEntry[]
}

export interface Plan {
  /** Whole weeks of seven days, from the first day of the plan on. */
  weeks: PlannedDay[][]
  /** What the plan gives no day that can be read. */
  undated: PlannedEntry[]
}

const daysOfWeek = 7
const dayMs = 86_400_000
/** Weeks that are drawn; what lies behind them is listed with its own words. */
const maxWeeks = 5

const plus = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs

/** The days of a plan that begins on `start`, as the export dates them; a span stands on its first day. */
export const planWeeks = (plan: readonly PlanEntry[], start: string): Plan => {
  const undated: PlannedEntry[] = []
  const placed = new Map<number, PlannedEntry[]>()
  for (const [index, entry] of plan.entries()) {
    const dates = planDates(entry.day, start)
    const day = dates ? daysBetween(start, dates.first) : -1
    const planned = { ...entry, index }
    if (day < 0 || day >= daysOfWeek * maxWeeks) undated.push(planned)
    else placed.set(day, [...(placed.get(day) ?? []), planned])
  }
  const last = Math.max(-1, ...placed.keys())
  const count = Math.ceil((last + 1) / daysOfWeek)
  const weeks = Array.from({ length: count }, (_, week) =>
    Array.from({ length: daysOfWeek }, (__, day) => {
      const at = week * daysOfWeek + day
      return { date: plus(start, at), entries: placed.get(at) ?? [] }
    }),
  )
  return { weeks, undated }
}

export { tomorrowInSeoul }
