import { runbook } from '../../docs/runbook/entries.ts'
import { expressionOf, type Stat, statsById } from '../support/metric-math/alarms.ts'
import type { Value } from '../support/metric-math/evaluate.ts'
import type { AlarmResult, DrillResult, Period, Seen } from './drill.ts'
import { firstLook } from './first-look.ts'
import { type Sample, statisticOf, type TimedLine } from './samples.ts'
import { standIns } from './stand-ins.ts'

const number = (value: Value): string =>
  value === undefined ? 'no data' : String(Number(value.toFixed(value < 10 ? 2 : 0)))

const nameOf = ({ namespace, name, dimensions, stat }: Stat): string => {
  const { deployment, ...own } = dimensions
  const words = Object.entries(own).map(([key, value]) => `${key}=${value.replace(/^<|>$/g, '')}`)
  return [`${namespace} ${name}`, ...words, stat].join(' ')
}

const slices = 6

/** The statistic in equal parts of a period, so that it shows when things happened. */
const overTime = ({ from, to }: Period, samples: readonly Sample[], stat: string): string =>
  Array.from({ length: slices }, (_, index) => {
    const width = (to - from) / slices
    const part = samples.filter(
      ({ at }) => at >= from + index * width && at < from + (index + 1) * width,
    )
    const values = part.map(({ value }) => value)
    return values.length === 0 ? '·' : number(statisticOf(values, stat))
  }).join(' ')

const clock = (at: number): string => new Date(at).toISOString().slice(11, 19)

const seconds = ({ from, to }: Period): string => `${((to - from) / 1000).toFixed(1)} s`

const describePeriod = (result: AlarmResult, seen: Seen, index: number): string[] => {
  const stats = [...statsById(result.alarm)].filter(([id]) => seen.values[id] !== undefined)
  const rows = stats.map(([id, stat]): [string, string] => [
    `${id} = ${number(seen.values[id])}`,
    `${nameOf(stat)}   [${overTime(seen, seen.samples[id] ?? [], stat.stat)}]`,
  ])
  const width = Math.max(...rows.map(([value]) => value.length))
  return [
    `    period ${index + 1}, ${clock(seen.from)} to ${clock(seen.to)} (${seconds(seen)})`,
    ...rows.map(([value, name]) => `      ${value.padEnd(width)}  ${name}`),
    `      value ${number(seen.value)} ${seen.breaches ? '>=' : '<'} ${result.alarm.Threshold}`,
  ]
}

const verdict = ({ fires }: AlarmResult): string => (fires ? 'FIRES' : 'DOES NOT FIRE')

const recovery = ({ after, alarm }: AlarmResult): string =>
  `then ${number(after.value)} in ${seconds(after)}: ${after.breaches ? 'STILL IN ALARM' : 'OK'} (threshold ${alarm.Threshold})`

const describeAlarm = (result: AlarmResult): string[] => [
  `  ${result.name}  ${verdict(result)}`,
  `    ${expressionOf(result.alarm)} >= ${result.alarm.Threshold}`,
  ...result.periods.flatMap((seen, index) => describePeriod(result, seen, index)),
  `    ${recovery(result)}`,
]

const describeBriefly = (result: AlarmResult): string => {
  const values = result.periods.map(({ value }) => number(value)).join(', ')
  return `  ${verdict(result)}  ${result.name.padEnd(44)} ${values.padStart(8)} >= ${result.alarm.Threshold}, ${recovery(result)}`
}

/** More alarms of one kind are shown in a line each. */
const shownWhole = 4

const brief = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  const text = JSON.stringify(value)
  return text.length > 110 ? `${text.slice(0, 110)}…` : text
}

const describeLine = ({ at, function: name, fields }: TimedLine, show: readonly string[]): string =>
  [
    clock(at),
    name,
    ...show
      .filter((key) => key !== 'function' && fields[key] !== undefined)
      .map((key) => `${key}=${brief(fields[key])}`),
  ].join('  ')

const mostLines = 3
/** Of what a command says. */
const mostOutput = 14

const describeFirstLook = ({ drill, lines }: DrillResult): string[] =>
  drill.alarms.flatMap((key) => {
    const entry = runbook[key]
    const found = firstLook(lines, entry.lines)
    const count = `${found.length} ${found.length === 1 ? 'line' : 'lines'}`
    return [
      `  First look of the runbook, ${key}: ${found.length === 0 ? 'no line, which is the sign' : count}`,
      ...found.slice(0, mostLines).map((line) => `    ${describeLine(line, entry.lines.show)}`),
    ]
  })

const describeCommands = ({ said }: DrillResult): string[] =>
  said.flatMap(({ command, output }) => [
    `  $ ${command}`,
    ...output
      .trimEnd()
      .split('\n')
      .slice(0, mostOutput)
      .map((line) => `    ${line}`),
  ])

/** Which local observations the alarms of a drill were computed from, where they count what AWS does. */
const describeStandIns = ({ alarms }: DrillResult): string[] => {
  const used = alarms.flatMap(({ alarm }) => [...statsById(alarm).values()])
  return standIns
    .filter((it) =>
      used.some(({ namespace, name }) => it.namespace === namespace && it.name === name),
    )
    .map(({ namespace, name, observation }) => `  ${namespace} ${name} is here: ${observation}`)
}

/** The result of a drill for a terminal. */
export const describeDrill = (result: DrillResult): string => {
  const { drill, alarms } = result
  return [
    `Drill ${drill.name}`,
    `  Condition: ${drill.condition}`,
    `  Mended:    ${drill.mending}`,
    ...describeStandIns(result),
    ...(alarms.length > shownWhole ? alarms.map(describeBriefly) : alarms.flatMap(describeAlarm)),
    ...describeFirstLook(result),
    ...describeCommands(result),
    '',
  ].join('\n')
}
