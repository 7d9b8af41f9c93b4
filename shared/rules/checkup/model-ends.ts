import type { FindingCode } from './finding-kinds.ts'
import { endDays, type Finding } from './findings.ts'
import { nearestNames } from './nearest-names.ts'

/** A model that the settings name, and the settings or agents that do. */
export interface UsedModel {
  name: string
  usedBy: readonly string[]
}

/**
 * What a server lists: each model's `shutdown_date` (YYYY-MM-DD), null where none is announced, undefined where
 * the server says no dates. https://developers.openai.com/api/docs/deprecations
 */
export type ListedModels = ReadonlyMap<string, string | null | undefined>

const dayMs = 86_400_000

/** Whole days from today, in UTC, until a date such as 2027-01-06; undefined for any other text. */
export const daysUntil = (date: string, now: number): number | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(date)) return undefined
  const day = Date.parse(`${date.slice(0, 10)}T00:00:00Z`)
  return Number.isNaN(day) ? undefined : Math.round(day / dayMs) - Math.floor(now / dayMs)
}

/** Servers put a folder in front of a name, or a tag behind it. */
const spellings = (name: string): string[] => [name, `${name}:latest`, `models/${name}`]

const endCode = (days: number): FindingCode => {
  if (days < 0) return 'MODEL_ENDED'
  if (days <= endDays.failure) return 'MODEL_ENDS_SOON'
  return days <= endDays.warning ? 'MODEL_ENDS' : 'MODEL_LISTED'
}

const inDays = (days: number): string => {
  const count = `${Math.abs(days)} day${Math.abs(days) === 1 ? '' : 's'}`
  return days < 0 ? `${count} ago` : days === 0 ? 'today' : `in ${count}`
}

const judgeOne = (
  { name, usedBy }: UsedModel,
  listed: ListedModels,
  { now, isOpenai }: { now: number; isOpenai: boolean },
): Finding => {
  const users = `used by ${usedBy.join(', ')}`
  const spelling = spellings(name).find((each) => listed.has(each))
  if (spelling === undefined) {
    const near = nearestNames(name, listed.keys())
    const shown = near.length > 0 ? near : [...listed.keys()].slice(0, 3)
    const code = !isOpenai && listed.size === 1 ? 'MODEL_UNLISTED' : 'MODEL_UNKNOWN'
    const names = `${near.length > 0 ? 'the nearest names are' : 'it has'} ${shown.join(', ')}`
    return { code, subject: name, found: `not in the server's list; ${names}; ${users}` }
  }
  const date = listed.get(spelling)
  if (date === undefined || date === null) {
    const found = date === null ? `no shutdown announced; ${users}` : users
    return { code: 'MODEL_LISTED', subject: name, found }
  }
  const days = daysUntil(date, now)
  if (days === undefined) {
    return {
      code: 'MODEL_DATES_UNKNOWN',
      subject: name,
      found: `its date is not readable; ${users}`,
    }
  }
  const found = `shutdown on ${date} (${inDays(days)}); ${users}`
  return { code: endCode(days), subject: name, found, daysLeft: days }
}

/** What a server's list says of the models that are used there. `now` is in milliseconds since the epoch. */
export const judgeModels = (
  used: readonly UsedModel[],
  listed: ListedModels,
  options: { now: number; isOpenai: boolean; server: string },
): Finding[] => {
  const hasDates = [...listed.values()].some((date) => date !== undefined)
  const found = 'its list has no shutdown_date'
  return [
    ...used.map((each) => judgeOne(each, listed, options)),
    ...(hasDates ? [] : [{ code: 'MODEL_DATES_UNKNOWN', subject: options.server, found } as const]),
  ]
}
