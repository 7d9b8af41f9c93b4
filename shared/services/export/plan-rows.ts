import type { StrategyOutput } from '../../contracts/agents.ts'
import type { Locale } from '../../contracts/session.ts'
import { exportWording } from '../../platform/wording/exports.ts'
import { calendar } from '../../rules/export/calendar.ts'
import { csv } from '../../rules/export/csv.ts'
import { type PlanDates, planDates } from '../../rules/export/plan-dates.ts'

type PlanEntry = StrategyOutput['weekly_plan'][number]

/** An entry of the weekly plan with its dates; undefined of one that cannot be dated. */
export type PlanRow = PlanEntry & { dates: PlanDates | undefined }

export const planRows = (plan: readonly PlanEntry[], start: string): PlanRow[] =>
  plan.map((entry) => ({ ...entry, dates: planDates(entry.day, start) }))

/** The plan in a spreadsheet; what cannot be dated says so where its date would be. */
export const planCsv = (rows: readonly PlanRow[], locale: Locale): string => {
  const words = exportWording[locale]
  return csv([
    [words.day, words.date, words.dateEnd, words.channel, words.action],
    ...rows.map(({ day, dates, channel, action }) => [
      day,
      dates?.first ?? words.noDate,
      dates?.last ?? words.noDate,
      channel,
      action,
    ]),
  ])
}

/**
 * The dated entries as all-day events: the same ones with each export of the run, in another version, so that
 * a calendar that has them moves them. Undefined where none has a date: RFC 5545 knows no calendar without an event.
 */
export const planCalendar = (
  rows: readonly PlanRow[],
  { runId, name, since, stamp }: { runId: string; name: string; since: string; stamp: string },
): string | undefined => {
  const entries = rows.flatMap(({ day, channel, action, dates }, index) =>
    dates
      ? [
          {
            ...dates,
            uid: `${runId}-${index + 1}@launch-studio`,
            title: `${channel}: ${action}`,
            description: `${day}\n${channel}\n${action}`,
          },
        ]
      : [],
  )
  const sequence = Math.max(0, Math.floor((Date.parse(stamp) - Date.parse(since)) / 1000))
  return entries.length > 0 ? calendar(name, entries, { stamp, sequence }) : undefined
}
