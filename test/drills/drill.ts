import { type RunbookKey, runbook } from '../../docs/runbook/entries.ts'
import { runbookKeyOf } from '../../docs/runbook/keys.ts'
import type { Template } from '../../local/engine.ts'
import { pause } from '../../shared/platform/pause.ts'
import { limit } from '../support/limits/machine-speed.ts'
import {
  type Alarm,
  alarmsOf,
  alarmValue,
  breaches,
  plainName,
  type Resources,
  type Stat,
  statsById,
} from '../support/metric-math/alarms.ts'
import type { Value } from '../support/metric-math/evaluate.ts'
import type { DrillStudio } from './drill-studio.ts'
import { firstLook } from './first-look.ts'
import type { Said } from './operator-commands.ts'
import { isOf, type Sample, samplesOfLine, statisticOf, type TimedLine } from './samples.ts'
import { type Observed, samplesOf } from './stand-ins.ts'

/** One condition that an alarm is there for, made on purpose. */
export interface Drill {
  name: string
  /** What is broken, in a sentence. */
  condition: string
  /** What mends it, in a sentence. */
  mending: string
  /** Entries of the runbook whose alarms have to go off. */
  alarms: readonly RunbookKey[]
  /** Whether the first look shows nothing, and that is the sign: functions do not run, or break before their first line. */
  silent?: boolean
  /** A change of the template; the drill then has a studio of its own. */
  template?: (template: Template) => Template
  /** Lets the condition do its work in one of the alarm's periods. */
  inject(studio: DrillStudio, period: number): Promise<void>
  /** Removes the condition, and lets the product do some of the same work again. */
  recover(studio: DrillStudio): Promise<void>
}

/** A part of the drill's time that stands for one of the alarm's periods; milliseconds since the epoch. */
export interface Period {
  from: number
  to: number
}

/** What an alarm sees of one period. */
export interface Seen extends Period {
  values: Record<string, Value>
  /** The samples behind them. */
  samples: Record<string, Sample[]>
  value: Value
  breaches: boolean
}

export interface AlarmResult {
  name: string
  key: RunbookKey
  alarm: Alarm
  periods: Seen[]
  /** Whether each of its periods breaches. */
  fires: boolean
  after: Seen
}

export interface DrillResult {
  drill: Drill
  alarms: AlarmResult[]
  /** Lines of the functions in the periods. */
  lines: TimedLine[]
  /** What commands for operators said meanwhile. */
  said: Said[]
}

/** Asks the running studio while the condition lasts. */
export type Ask = (
  keys: readonly RunbookKey[],
  lines: readonly TimedLine[],
  dataDirectory: string,
) => Promise<Said[]>

const samplesFor = (observed: Observed, stat: Stat): Sample[] =>
  stat.namespace.startsWith('AWS/')
    ? samplesOf(observed, stat)
    : observed.lines.flatMap(samplesOfLine).filter(isOf(stat))

const within =
  ({ from, to }: Period) =>
  ({ at }: { at: number }): boolean =>
    at >= from && at < to

/** Evaluates the alarm's own metric math over a period. */
const see = (alarm: Alarm, observed: Observed, period: Period): Seen => {
  const samples: Record<string, Sample[]> = {}
  const values: Record<string, Value> = {}
  for (const [id, stat] of statsById(alarm)) {
    const found = samplesFor(observed, stat).filter(within(period))
    samples[id] = found
    values[id] = statisticOf(
      found.map(({ value }) => value),
      stat.stat,
    )
  }
  const value = alarmValue(alarm, (id) => values[id])
  return { ...period, values, samples, value, breaches: breaches(alarm, value) }
}

/** The template's alarms that the drill has to set off. */
const alarmsFor = (template: Resources, drill: Drill) =>
  [...alarmsOf(template)].flatMap(([id, alarm]) => {
    const name = plainName(id)
    const key = runbookKeyOf(name, alarm)
    const wanted = drill.alarms.find((one) => one === key)
    return wanted ? [{ name, key: wanted, alarm }] : []
  })

type Wanted = ReturnType<typeof alarmsFor>

/** Entries of the runbook whose first look has to show something, and does not. */
export const unseenOf = (drill: Drill, lines: readonly TimedLine[]): RunbookKey[] =>
  drill.silent
    ? []
    : drill.alarms.filter((key) => firstLook(lines, runbook[key].lines).length === 0)

/** Looks in a row that find no new line: the work that was asked for has told of itself. */
const quietLooks = 5

const untilQuiet = async (studio: DrillStudio, end: number): Promise<void> => {
  let seen = -1
  for (let quiet = 0; quiet < quietLooks && performance.now() < end; ) {
    const { lines } = await studio.observe()
    quiet = lines.length === seen ? quiet + 1 : 0
    seen = lines.length
    await pause(100)
  }
}

/**
 * Lines come a moment after what they are about; waits until the alarms see the condition and the first looks show
 * it, or much longer. What comes later than that is of no period.
 * @param begin when the drill's first period began
 */
const periodOf = async (
  studio: DrillStudio,
  drill: Drill,
  wanted: Wanted,
  { from, begin }: { from: number; begin: number },
): Promise<Period> => {
  const end = performance.now() + limit(10_000)
  for (;;) {
    const period = { from, to: Date.now() }
    const observed = await studio.observe()
    const lines = observed.lines.filter(({ at }) => at >= begin)
    const all = wanted.every(({ alarm }) => see(alarm, observed, period).breaches)
    if ((all && unseenOf(drill, lines).length === 0) || performance.now() > end) {
      await untilQuiet(studio, end)
      return period
    }
    await pause(100)
  }
}

/** Runs a drill and evaluates its alarms; leaves the studio mended. */
export const runDrill = async (
  studio: DrillStudio,
  drill: Drill,
  template: Resources,
  ask: Ask,
): Promise<DrillResult> => {
  const wanted = alarmsFor(template, drill)
  const periods: Period[] = []
  const length = Math.max(...wanted.map(({ alarm }) => alarm.EvaluationPeriods))
  try {
    for (let period = 0; period < length; period += 1) {
      const from = Date.now()
      await drill.inject(studio, period)
      const begin = periods[0]?.from ?? from
      periods.push(await periodOf(studio, drill, wanted, { from, begin }))
    }
    const observed = await studio.observe()
    const [first] = periods
    const lines = observed.lines.filter(({ at }) => at >= (first?.from ?? 0))
    const said = await ask(drill.alarms, lines, studio.dataDirectory)
    studio.mend()
    const from = Date.now()
    await drill.recover(studio)
    const recovered = await studio.observe()
    const after = { from, to: Date.now() }
    const alarms = wanted.map(({ alarm, ...rest }): AlarmResult => {
      const seen = periods.slice(-alarm.EvaluationPeriods).map((one) => see(alarm, observed, one))
      const fires = seen.every((one) => one.breaches)
      return { ...rest, alarm, periods: seen, fires, after: see(alarm, recovered, after) }
    })
    return { drill, alarms, lines, said }
  } finally {
    studio.mend()
  }
}
