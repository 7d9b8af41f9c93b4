import { expect, test } from 'vitest'
import { complaintsOf } from './complaints.ts'
import type { AlarmResult, Drill } from './drill.ts'
import type { TimedLine } from './samples.ts'

const drill: Drill = {
  name: 'a-drill',
  condition: 'Something is broken.',
  mending: 'It is mended.',
  alarms: ['HttpApiServerErrors'],
  inject: async () => {},
  recover: async () => {},
}
const line: TimedLine = {
  at: 0,
  function: 'HttpChat',
  fields: { kind: 'request', outcome: 'failed' },
}

const alarmThat = (does: { fires: boolean; breachesAfter: boolean }): AlarmResult => ({
  name: 'HttpApiServerErrors',
  key: 'HttpApiServerErrors',
  alarm: {
    AlarmDescription: '',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    EvaluationPeriods: 1,
    Threshold: 1,
    Dimensions: {},
  },
  periods: [],
  fires: does.fires,
  after: { from: 0, to: 1, values: {}, samples: {}, value: 0, breaches: does.breachesAfter },
})
const good = alarmThat({ fires: true, breachesAfter: false })

test('a drill whose alarms go off and back, and whose first look shows why, holds', () => {
  expect(complaintsOf({ drill, alarms: [good], lines: [line], said: [] })).toEqual([])
})

test.each([
  {
    what: 'an alarm that stays quiet',
    alarms: [alarmThat({ fires: false, breachesAfter: false })],
  },
  { what: 'an alarm that stays on', alarms: [alarmThat({ fires: true, breachesAfter: true })] },
  { what: 'no alarm at all', alarms: [] },
])('a drill with $what does not hold', ({ alarms }) => {
  expect(complaintsOf({ drill, alarms, lines: [line], said: [] })).toHaveLength(1)
})

test('an empty first look is wrong, unless that is the sign', () => {
  const result = { alarms: [good], lines: [], said: [] }
  expect(complaintsOf({ ...result, drill })).toEqual([
    'the first look of HttpApiServerErrors shows nothing',
  ])
  expect(complaintsOf({ ...result, drill: { ...drill, silent: true } })).toEqual([])
})
