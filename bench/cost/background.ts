import * as z from 'zod'
import { metrics } from '../../shared/rules/metrics.ts'
import { gigabyteSeconds } from './aws-units.ts'
import type { Quantities } from './meters.ts'
import type { CostRecord } from './records.ts'
import { standardTransitions } from './transitions.ts'
import type { Deployment } from './usage.ts'

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.looseObject({}).optional(),
})
const Template = z.looseObject({ Resources: z.record(z.string(), Resource) })
type Template = z.infer<typeof Template>

const ofType = (template: Template, type: string): [string, Record<string, unknown>][] =>
  Object.entries(template.Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([id, { Properties = {} }]) => [id, Properties])

const referenced = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^"]+)"/g)].map(
    ([, id = '']) => id,
  )

/** The machine's definition as JSON text, with a word in the place of each reference. */
const definitionOf = (template: Template): string => {
  const [[, properties] = ['', {}]] = ofType(template, 'AWS::StepFunctions::StateMachine')
  const Joined = z.object({ 'Fn::Join': z.tuple([z.string(), z.array(z.unknown())]) })
  const text = z.union([z.string(), Joined]).parse(properties.DefinitionString)
  if (typeof text === 'string') return text
  return text['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'x')).join('')
}

export const deploymentOf = (json: unknown): Deployment => {
  const template = Template.parse(json)
  const { transitions, tasks } = standardTransitions(definitionOf(template))
  return {
    behindUrls: new Set(
      ofType(template, 'AWS::Lambda::Url').flatMap(([, url]) => referenced(url.TargetFunctionArn)),
    ),
    diskMegabytes: new Map(
      ofType(template, 'AWS::Lambda::Function').flatMap(([id, fn]) => {
        const size = z.object({ Size: z.number() }).safeParse(fn.EphemeralStorage)
        return size.success ? [[id, size.data.Size] as const] : []
      }),
    ),
    transitionsOfRun: transitions,
    tasksOfRun: tasks,
  }
}

const perMinute = /^rate\((\d+) (minute|hour|day)s?\)$/
const minutesOf: Record<string, number> = { minute: 1, hour: 60, day: 1_440 }
const minutesOfMonth = 43_800

/** Functions that schedules invoke, and how often in a month. */
export const schedulesOf = (json: unknown): Map<string, number> => {
  const found = new Map<string, number>()
  for (const [, rule] of ofType(Template.parse(json), 'AWS::Events::Rule')) {
    const text = String(rule.ScheduleExpression ?? '')
    const [, count, unit = ''] = perMinute.exec(text) ?? []
    const minutes = count === undefined ? 1_440 : Number(count) * (minutesOf[unit] ?? 1)
    if (text === '') continue
    for (const id of referenced(rule.Targets)) {
      found.set(id, (found.get(id) ?? 0) + minutesOfMonth / minutes)
    }
  }
  return found
}

/** Combinations of a metric's dimensions that are known; one for a dimension whose values are not. */
const seriesOf = ({
  sets,
  values = {},
}: {
  sets: readonly (readonly string[])[]
  values?: Readonly<Record<string, readonly string[]>>
}): number =>
  sets.reduce(
    (sum, set) => sum + set.reduce((product, name) => product * (values[name]?.length ?? 1), 1),
    0,
  )

/** Lambda asks a queue with five pollers, each for twenty seconds at a time, also when nothing comes. */
const emptyReceives = (5 * minutesOfMonth * 60) / 20
/** Warm instances with secrets, each of which has them decrypted anew every five minutes. */
const instancesWithSecrets = 10

/** What an idle deployment is billed in a month. */
export const backgroundOf = (json: unknown, records: readonly CostRecord[]): Quantities => {
  const template = Template.parse(json)
  const schedules = schedulesOf(json)
  const quantities: Required<Pick<Quantities, 'lambda_requests' | 'lambda_time' | 'table_reads'>> =
    { lambda_requests: 0, lambda_time: 0, table_reads: 0 }
  for (const [by, count] of schedules) {
    const own = records.filter((record) => record.by === by)
    const runs = own.flatMap((record) => (record.kind === 'invocation' ? [record] : []))
    const reads = own.reduce(
      (sum, record) =>
        sum +
        (record.kind === 'call' && record.service === 'dynamodb' ? record.request.readUnits : 0),
      0,
    )
    const seconds = runs.reduce(
      (sum, run) => sum + gigabyteSeconds(run.milliseconds, run.memoryMegabytes),
      0,
    )
    const seen = Math.max(1, runs.length)
    quantities.lambda_requests += count
    quantities.lambda_time += (count * seconds) / seen
    quantities.table_reads += (count * reads) / seen
  }
  return {
    ...quantities,
    alarms: ofType(template, 'AWS::CloudWatch::Alarm').length,
    dashboards: ofType(template, 'AWS::CloudWatch::Dashboard').length,
    custom_metrics: Object.values(metrics).reduce((sum, metric) => sum + seriesOf(metric), 0),
    queue_requests: ofType(template, 'AWS::Lambda::EventSourceMapping').length * emptyReceives,
    key_requests: (instancesWithSecrets * minutesOfMonth) / 5,
  }
}
