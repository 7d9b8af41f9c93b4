import { describe, expect, it, test } from 'vitest'
import { type MetricDefinition, type MetricName, metrics } from '../../shared/rules/metrics.ts'
import {
  type Alarm,
  alarmSchema,
  alarmsOf,
  alarmValue,
  breaches,
  plainName,
  type Stat,
  statsById,
} from '../support/metric-math/alarms.ts'
import type { Value } from '../support/metric-math/evaluate.ts'
import { synthesizeTemplate } from './synthesize-template.ts'
import { functionNames, resourcesOf, template } from './synthesized.ts'

const alarms = alarmsOf(template)
const named = (name: string): Alarm => {
  const found = [...alarms].filter(([id]) => plainName(id) === name)
  expect(found.map(([id]) => id)).toHaveLength(1)
  return found[0]?.[1] as Alarm
}

const statsOf = (alarm: Alarm): Stat[] => [...statsById(alarm).values()]

/** One period's data: by the metric's name, and by the value of a dimension or the statistic where that matters. */
type Data = Record<string, number>

/** `StageEnd failed` stands for the metric with such a dimension, `StageLatency SampleCount` for a statistic. */
const valueIn =
  (data: Data) =>
  ({ name, stat, dimensions: { deployment, FunctionName, ApiId, Stage, ...own } }: Stat): Value => {
    const words = [stat, ...Object.values(own)]
    const found = Object.entries(data).filter(([key]) => {
      const [metric, ...wanted] = key.split(' ')
      return metric === name && wanted.every((word) => words.includes(word))
    })
    return found.at(-1)?.[1]
  }

/** Whether an alarm goes off with these data in each of its periods. */
const rings = (alarm: Alarm, data: Data): boolean => {
  const stats = statsById(alarm)
  const known = (id: string): Value => {
    const stat = stats.get(id)
    if (!stat) throw new Error(`There is no metric ${id}.`)
    return valueIn(data)(stat)
  }
  return breaches(alarm, alarmValue(alarm, known))
}

const rates: [name: string, bad: Data[], good: Data[]][] = [
  [
    'AlarmsStageFailures',
    [
      { 'StageEnd committed': 8, 'StageEnd failed': 2, 'StageEnd timeout': 1 },
      { 'StageEnd timeout': 5 },
    ],
    [
      { 'StageEnd committed': 80, 'StageEnd failed': 4 },
      { 'StageEnd failed': 3 },
      { 'StageEnd committed': 3, 'StageEnd failed': 2 },
    ],
  ],
  [
    'AlarmsStageLatency',
    [{ 'StageLatency p90 research': 400_000, 'StageLatency SampleCount research': 6 }],
    [
      { 'StageLatency p90 research': 400_000, 'StageLatency SampleCount research': 4 },
      { 'StageLatency p90': 20_000, 'StageLatency SampleCount': 100 },
    ],
  ],
  [
    'AlarmsResearchTimeouts',
    [{ 'ResearchEnd succeeded': 7, 'ResearchEnd timeout': 3 }],
    [
      { 'ResearchEnd succeeded': 7, 'ResearchEnd failed': 30 },
      { 'ResearchEnd succeeded': 97, 'ResearchEnd timeout': 3 },
    ],
  ],
  [
    'AlarmsResearchFailures',
    [{ 'ResearchEnd succeeded': 6, 'ResearchEnd timeout': 2, 'ResearchEnd failed': 2 }],
    [{ 'ResearchEnd succeeded': 60, 'ResearchEnd failed': 4 }, { 'ResearchEnd succeeded': 60 }],
  ],
  [
    'AlarmsAgentFailures',
    [{ 'AgentCall succeeded': 10, 'AgentCall repaired': 5, 'AgentCall failed': 6 }],
    [
      { 'AgentCall succeeded': 100, 'AgentCall repaired': 5, 'AgentCall failed': 6 },
      { 'AgentCall failed': 10 },
      { 'AgentCall succeeded': 20, 'AgentCall stopped': 100 },
    ],
  ],
  [
    'AlarmsTurnFailures',
    [{ 'TurnEnd answered': 10, 'TurnEnd failed': 4 }, { 'TurnEnd failed': 10 }],
    [
      { 'TurnEnd answered': 100, 'TurnEnd failed': 4 },
      { 'TurnEnd answered': 10, 'TurnEnd stopped': 40 },
    ],
  ],
  [
    'AlarmsVoiceTurnFailures',
    [
      { 'VoiceTurn answered': 6, 'VoiceTurn planner_failed': 3 },
      { 'VoiceTurn answered': 6, 'VoiceTurn transcription_failed': 3 },
    ],
    [
      { 'VoiceTurn answered': 6, 'VoiceTurn empty': 30, 'VoiceTurn stopped': 30 },
      { 'VoiceTurn planner_failed': 2 },
    ],
  ],
  [
    'AlarmsStreamInterruptions',
    [{ StreamOpened: 20, StreamInterrupted: 15 }],
    [
      { StreamOpened: 200, StreamInterrupted: 15 },
      { StreamOpened: 10, StreamInterrupted: 9 },
    ],
  ],
  [
    'AlarmsStreamStart',
    [{ 'StreamStartLatency p90': 4000, 'StreamStartLatency SampleCount': 12 }],
    [
      { 'StreamStartLatency p90': 4000, 'StreamStartLatency SampleCount': 3 },
      { 'StreamStartLatency p90': 300, 'StreamStartLatency SampleCount': 300 },
    ],
  ],
  [
    'HttpApiServerErrors',
    [{ '5xx': 5, Count: 100 }],
    [{ '5xx': 5, Count: 1000 }, { '5xx': 2, Count: 20 }, { Count: 1000 }],
  ],
  [
    'StreamUrlStreamUrlServerErrors',
    [{ Url5xxCount: 5, UrlRequestCount: 100 }],
    [
      { Url5xxCount: 5, UrlRequestCount: 1000 },
      { Url5xxCount: 2, UrlRequestCount: 10 },
    ],
  ],
  [
    'PipelineExecutionsFailed',
    [{ ExecutionsFailed: 3, ExecutionsStarted: 5 }],
    [
      { ExecutionsFailed: 3, ExecutionsStarted: 50 },
      { ExecutionsFailed: 1, ExecutionsStarted: 3 },
    ],
  ],
  ['PipelineExecutionsTimedOut', [{ ExecutionsTimedOut: 1 }], [{ ExecutionsTimedOut: 0 }]],
  ['AlarmsStuckRuns', [{ StuckRun: 1 }], [{ StuckRun: 0 }]],
  [
    'AlarmsSweepFailures',
    [{ 'EndRepair failed': 1 }, { 'AssetRepair failed': 2 }],
    [{ 'EndRepair failed': 0 }, { 'EndRepair sent': 9, 'AssetRepair sent': 9 }],
  ],
  [
    'AlarmsRunRepairs',
    [
      { 'RunRepair started': 2, 'RunRepair ended': 2, 'StageEnd committed': 12 },
      { 'RunRepair started': 5, 'StageEnd committed': 80 },
    ],
    [
      { 'RunRepair failed': 2, 'StageEnd committed': 12 },
      { 'RunRepair started': 3, 'StageEnd committed': 80 },
      { 'StageEnd committed': 12 },
    ],
  ],
  [
    'AlarmsCopyRejected',
    [
      { CopyRejected: 40, 'StageEnd creative committed': 6 },
      { CopyRejected: 40, 'StageEnd creative failed': 6 },
    ],
    [
      { CopyRejected: 40, 'StageEnd creative committed': 60 },
      { CopyRejected: 40, 'StageEnd creative committed': 1, 'StageEnd creative failed': 1 },
    ],
  ],
  [
    'AlarmsAssetFailures',
    [{ 'AssetEnd completed': 6, 'AssetEnd failed': 4 }],
    [
      { 'AssetEnd completed': 60, 'AssetEnd failed': 4 },
      { 'AssetEnd failed': 3 },
      { 'AssetEnd completed': 6, 'AssetEnd cancelled': 40 },
    ],
  ],
  [
    'AlarmsWebhookFailures',
    [
      {
        'WebhookDelivery first delivered': 10,
        'WebhookDelivery first failed': 90,
        'WebhookDelivery first dead': 5,
      },
    ],
    [
      { 'WebhookDelivery first delivered': 60, 'WebhookDelivery first failed': 60 },
      { 'WebhookDelivery first failed': 90, 'WebhookDelivery later failed': 600 },
    ],
  ],
  [
    'EndsQueueAge',
    [{ ApproximateAgeOfOldestMessage: 1_000 }],
    [{ ApproximateAgeOfOldestMessage: 600 }],
  ],
  [
    'EndsDeliveryQueueAge',
    [{ ApproximateAgeOfOldestMessage: 1_900 }],
    [{ ApproximateAgeOfOldestMessage: 1_000 }],
  ],
  [
    'EndsDeadLettersNotEmpty',
    [{ ApproximateNumberOfMessagesVisible: 1 }, { ApproximateNumberOfMessagesNotVisible: 1 }],
    [{ ApproximateNumberOfMessagesVisible: 0, ApproximateNumberOfMessagesNotVisible: 0 }],
  ],
  [
    'EndsDeliveryDeadLettersNotEmpty',
    [{ ApproximateNumberOfMessagesVisible: 1 }, { ApproximateNumberOfMessagesNotVisible: 1 }],
    [{ ApproximateNumberOfMessagesVisible: 0, ApproximateNumberOfMessagesNotVisible: 0 }],
  ],
  [
    'MediaDeadLettersNotEmpty',
    [{ ApproximateNumberOfMessagesVisible: 1 }, { ApproximateNumberOfMessagesNotVisible: 1 }],
    [{ ApproximateNumberOfMessagesVisible: 0, ApproximateNumberOfMessagesNotVisible: 0 }],
  ],
  ['MediaMediaDeadLetterInvocations', [{ Invocations: 1 }], [{ Invocations: 0 }]],
  [
    'MediaQueueAge',
    [{ ApproximateAgeOfOldestMessage: 1_900 }],
    [{ ApproximateAgeOfOldestMessage: 600 }],
  ],
  [
    'CheckupCheckupFailures',
    [{ 'CheckupFinding failure': 1 }],
    [{ 'CheckupFinding failure': 0 }, { 'CheckupFinding warning': 3 }],
  ],
  [
    'CheckupModelShutdown',
    [{ ModelDaysLeft: 14 }, { ModelDaysLeft: 0 }, { ModelDaysLeft: -3 }],
    [{ ModelDaysLeft: 15 }, { ModelDaysLeft: 60 }],
  ],
  ['AlarmsSpendPerHour', [{ SpendUsd: 20 }, { SpendUsd: 31.5 }], [{ SpendUsd: 19.9 }]],
  [
    'PipelineDeadLettersNotEmpty',
    [{ ApproximateNumberOfMessagesVisible: 1 }, { ApproximateNumberOfMessagesNotVisible: 1 }],
    [{ ApproximateNumberOfMessagesVisible: 0, ApproximateNumberOfMessagesNotVisible: 0 }],
  ],
  ['PipelineDeadLetterInvocations', [{ Invocations: 1 }], [{ Invocations: 0 }]],
]
const constructOf: Record<string, string> = {}
for (const [id] of alarms) {
  const [, name = '', kind] = /^(.*?)(Errors|Throttles)[0-9A-F]{8}$/.exec(id) ?? []
  // The longest: `MediaDeadLetter` ends with the name of another.
  const fn = functionNames
    .filter((one) => name.endsWith(one))
    .toSorted((one, other) => other.length - one.length)[0]
  if (fn && kind) constructOf[`${fn} ${kind}`] = plainName(id)
}
const ofFunctions = functionNames.flatMap((fn): typeof rates => [
  [constructOf[`${fn} Errors`] ?? fn, [{ Errors: 1 }], [{ Errors: 0 }]],
  [
    constructOf[`${fn} Throttles`] ?? fn,
    [{ Throttles: 3, Invocations: 20 }, { Throttles: 5 }],
    [{ Throttles: 3, Invocations: 2000 }, { Throttles: 1, Invocations: 1 }, { Invocations: 50 }],
  ],
])

describe.each([...rates, ...ofFunctions])('the alarm %s', (name, bad, good) => {
  it.each(bad)('goes off with %j', (data) => expect(rings(named(name), data)).toBe(true))
  it.each(good)('is quiet with %j', (data) => expect(rings(named(name), data)).toBe(false))
  it('is quiet without any data', () => expect(rings(named(name), {})).toBe(false))
})

test('every alarm of the template is among these', () => {
  const tried = [...rates, ...ofFunctions].map(([name]) => name)
  const all = [...alarms.keys()].map((id) => plainName(id))
  expect(all.sort()).toEqual(tried.sort())
})

test('an alarm on what the product measures asks for metrics as they are written', () => {
  const asked = [...alarms.values()]
    .flatMap(statsOf)
    .filter(({ namespace }) => namespace === 'LaunchStudio')
  expect(asked.length).toBeGreaterThan(20)
  for (const { name, dimensions } of asked) {
    const { deployment, ...own } = dimensions
    const { sets, values = {} }: MetricDefinition = metrics[name as MetricName]
    expect(deployment).toBe('dev')
    expect(
      sets.map((set) => [...set].sort()),
      name,
    ).toContainEqual(Object.keys(own).sort())
    for (const [dimension, value] of Object.entries(own)) expect(values[dimension]).toContain(value)
  }
})

test('an alarm uses ten metrics at most', () => {
  for (const alarm of alarms.values()) expect(statsOf(alarm).length).toBeLessThanOrEqual(10)
})

test('the spend at which an alarm goes off is a setting', async () => {
  const environment = { SPEND_ALARM_USD_PER_HOUR: '2.5' }
  const other = await synthesizeTemplate({ environment, checks: false })
  const [spend] = [...resourcesOf(other, 'AWS::CloudWatch::Alarm', alarmSchema)].filter(([id]) =>
    id.includes('SpendPerHour'),
  )
  expect(spend?.[1].Threshold).toBe(2.5)
  for (const SPEND_ALARM_USD_PER_HOUR of ['0', '-1', 'much']) {
    const refused = synthesizeTemplate({ environment: { SPEND_ALARM_USD_PER_HOUR }, checks: false })
    await expect(refused).rejects.toThrow('SPEND_ALARM_USD_PER_HOUR')
  }
})
