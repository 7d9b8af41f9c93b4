import { runsAtOnceOf } from './capacity.ts'
import {
  defaultLimits,
  type LimitName,
  type LimitScope,
  type Limits,
  largestRequest,
  limitNames,
  limitScopes,
} from './limits.ts'
import type { Rate } from './token-bucket.ts'

/** The name of the gauge among the rates. */
export const runsAtOnceName = 'runs_at_once'

/** What is wrong with an entry; the message names it. */
export class LimitSettingWrong extends Error {
  override readonly name = 'LimitSettingWrong'
}

const wrong = (entry: string, why: string): LimitSettingWrong =>
  new LimitSettingWrong(`LIMITS holds ${JSON.stringify(entry)}: ${why}.`)

const wholeNumber = (text: string): number | undefined =>
  /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined

const rateForm = 'a rate is <maximum>/<seconds>, both whole numbers, with + between several, or off'

/** As long as `retention.ts` says that what is left of a limit is kept. */
const maxSeconds = 86_400

const readRates = (entry: string, name: LimitName, value: string): Rate[] => {
  if (value === 'off') return []
  const least = largestRequest[name] ?? 1
  return value.split('+').map((part) => {
    const [, max, seconds] = (/^(\d+)\/(\d+)$/.exec(part) ?? []).map(wholeNumber)
    if (max === undefined || seconds === undefined) throw wrong(entry, rateForm)
    if (max < least) throw wrong(entry, `one request may take ${least}, which has to fit`)
    if (seconds > maxSeconds) throw wrong(entry, `a rate spans ${maxSeconds} seconds at most`)
    if (max > seconds * 1_000) throw wrong(entry, 'a rate is a thousand a second at most')
    return { max, seconds }
  })
}

const withRunsAtOnce = (limits: Limits, entry: string, scope: string, value: string): Limits => {
  if (scope !== 'principal' && scope !== 'deployment') {
    throw wrong(entry, `${runsAtOnceName} is for principal and deployment`)
  }
  const { [scope]: _, ...others } = limits.runsAtOnce
  if (value === 'off') return { ...limits, runsAtOnce: others }
  const max = wholeNumber(value)
  if (max === undefined) throw wrong(entry, 'it is a whole number of at least 1, or off')
  return { ...limits, runsAtOnce: { ...others, [scope]: max } }
}

const withEntry = (limits: Limits, entry: string): Limits => {
  const [, name, scope, value] = /^(\w+)\.(\w+)=(.+)$/.exec(entry) ?? []
  if (name === undefined || scope === undefined || value === undefined) {
    throw wrong(
      entry,
      'an entry is <limit>.<scope>=<maximum>/<seconds>, such as turns.principal=100/3600',
    )
  }
  if (name === runsAtOnceName) return withRunsAtOnce(limits, entry, scope, value)
  const limit = limitNames.find((known) => known === name)
  if (!limit) {
    throw wrong(
      entry,
      `there is no such limit; there are ${[...limitNames, runsAtOnceName].join(', ')}`,
    )
  }
  const counted = limitScopes.find((known): known is LimitScope => known === scope)
  if (!counted || !(counted in limits.rates[limit])) {
    const scopes = limitScopes.filter((known) => known in limits.rates[limit])
    throw wrong(entry, `${limit} is counted for ${scopes.join(', ')}`)
  }
  const rates = { ...limits.rates[limit], [counted]: readRates(entry, limit, value) }
  return { ...limits, rates: { ...limits.rates, [limit]: rates } }
}

/**
 * The entries of a deployment: those of the setting, behind the one that follows from its capacity.
 * @throws LimitSettingWrong that names the entry
 */
export const limitEntries = (stageWorkers: number, setting: string | undefined): string => {
  const runsAtOnce = runsAtOnceOf(stageWorkers)
  const isUsual = runsAtOnce === defaultLimits.runsAtOnce.deployment
  const entries = [
    ...(isUsual ? [] : [`${runsAtOnceName}.deployment=${runsAtOnce}`]),
    ...(setting ? [setting] : []),
  ].join(',')
  limitsWith(defaultLimits, entries)
  return entries
}

/**
 * That runs leave a stage worker for the messages of their stages.
 * @param entries as `limitEntries` returns them
 * @throws LimitSettingWrong that names the entry
 */
export const assertWorkerLeft = (stageWorkers: number, entries: string): void => {
  const { deployment = Number.POSITIVE_INFINITY } = limitsWith(defaultLimits, entries).runsAtOnce
  const most = runsAtOnceOf(stageWorkers)
  if (deployment <= most) return
  const name = `${runsAtOnceName}.deployment`
  const entry = entries
    .split(',')
    .map((each) => each.trim())
    .findLast((each) => each.startsWith(`${name}=`))
  throw wrong(
    entry ?? name,
    `with ${stageWorkers} stage workers it is ${most} at most, since one has to take the messages of stages`,
  )
}

/**
 * The limits with the entries of a setting in the place of their own: `turns.principal=100/3600,
 * runs.address=20/60+200/86400, sessions.deployment=off, runs_at_once.principal=5`.
 * @throws LimitSettingWrong that names the entry
 */
export const limitsWith = (limits: Limits, setting: string): Limits =>
  setting
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
    .reduce(withEntry, limits)
