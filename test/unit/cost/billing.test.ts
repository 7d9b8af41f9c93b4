import { expect, test } from 'vitest'
import { awsPrices } from '../../../bench/cost/aws-prices.ts'
import { sessionsAt } from '../../../bench/cost/breaks.ts'
import { partitionHeatOf, sharedHeatOf } from '../../../bench/cost/heat.ts'
import { type MeterName, meterNames, metersOfServices } from '../../../bench/cost/meters.ts'
import { billOfMonth, type PartBills, partsOfMonth, usualMix } from '../../../bench/cost/month.ts'
import { addBills, awsBillOf, billOf, totalOf } from '../../../bench/cost/pricing.ts'
import { purposeOf } from '../../../bench/cost/purposes.ts'
import type { CallRecord, InvocationRecord } from '../../../bench/cost/records.ts'
import { withLambdaTimes } from '../../../bench/cost/report.ts'
import { readTableRequest } from '../../../bench/cost/table-requests.ts'
import { tokensOf } from '../../../bench/cost/tokens.ts'
import { standardTransitions } from '../../../bench/cost/transitions.ts'
import { usageOf } from '../../../bench/cost/usage.ts'

const at = '2026-11-26T00:00:00.000Z'
const nothing = { quantities: {}, agents: [], pictures: [], lambda: [] }
const deployment = {
  behindUrls: new Set(['Stream']),
  diskMegabytes: new Map([['MediaWorker', 1_536]]),
  transitionsOfRun: 8,
  tasksOfRun: 4,
}
const made = { at: 0, by: 'HttpChat', sentBytes: 100, receivedBytes: 10 }
const invocation: InvocationRecord = {
  kind: 'invocation',
  at: 0,
  by: 'HttpChat',
  route: '',
  trigger: 'http',
  milliseconds: 1_000,
  memoryMegabytes: 1_024,
  requestBytes: 1,
  responseBytes: 0,
}
const usage = (...records: Parameters<typeof usageOf>[0]['records']) =>
  usageOf({ records, logLines: [] }, deployment, new Set()).quantities

test('a bill multiplies units by their price, the dearest line first', () => {
  const bill = awsBillOf({ table_writes: 1_000_000, lambda_requests: 1_000_000 })
  expect(bill.map(({ meter, usd }) => [meter, usd])).toEqual([
    ['table_writes', 0.68],
    ['lambda_requests', 0.2],
  ])
})

test('every meter has a price: of AWS in its table, of vendors in the product’s own', () => {
  const quantities = Object.fromEntries(meterNames.map((name) => [name, 1]))
  const films: MeterName = 'films'
  const { [films]: _, ...own } = quantities
  expect(awsBillOf(own)).toHaveLength(meterNames.length - 1)
  for (const price of Object.values(awsPrices)) {
    expect(price.source).not.toBe('')
    expect(price.verifiedOn === null || price.verifiedOn <= '2026-11-26').toBe(true)
  }
})

test('the model is priced by agent and model, at the prices of the day', () => {
  const agent = { agent: 'strategy', calls: 1, inputTokens: 1_000_000, outputTokens: 100_000 }
  const bill = billOf(
    {
      ...nothing,
      quantities: { model_input: 1_000_000, model_output: 100_000 },
      agents: [{ ...agent, model: 'gpt-6.1-terra' }],
    },
    at,
  )
  expect(bill.map(({ meter, usd }) => [meter, usd])).toEqual([
    ['model_input', 1],
    ['model_output', 0.5],
  ])
  const unpriced = { ...nothing, agents: [{ ...agent, model: 'gpt-9' }] }
  expect(() => billOf(unpriced, at)).toThrow('gpt-9')
})

test('a part that is done a thousand times costs a thousand times as much', () => {
  const bill = awsBillOf({ table_writes: 5, table_reads: 1 })
  const added = addBills([
    [bill, 1_000],
    [bill, 1],
  ])
  expect(totalOf(added)).toBeCloseTo(1_001 * totalOf(bill), 12)
})

test('a month is its parts by the mix, and what stands there without any session', () => {
  const one = awsBillOf({ table_writes: 1 })
  const none: PartBills['turn'] = []
  const parts = {
    ...{ session: none, voice_turn: none, spoken_answer: none, run: none, media: none },
    turn: one,
  }
  const mix = { ...usualMix, turns: 3, minutes: 0 }
  const bill = billOfMonth(parts, { sessions: 100, mix, background: { alarms: 2 } })
  expect(bill.map(({ meter, count }) => [meter, count])).toEqual([
    ['alarms', 2],
    ['table_writes', 300],
  ])
  expect(partsOfMonth(10, { ...usualMix, runs: 0.5, media: 0.5 })).toMatchObject({
    run: 5,
    media: 2.5,
  })
})

test('a slower processor changes the lines of Lambda’s time and no other', () => {
  const bill = awsBillOf({ lambda_time: 1_000, table_writes: 1_000_000 })
  expect(withLambdaTimes(bill, 3)).toBeCloseTo(0.68 + 3 * 0.0133334, 9)
})

test('an HTTP invocation is a request of the gateway and of CloudFront, behind a function URL of CloudFront alone', () => {
  expect(usage(invocation)).toMatchObject({ http_requests: 1, front_requests: 1, lambda_time: 1 })
  expect(usage({ ...invocation, by: 'Stream' })).not.toHaveProperty('http_requests')
  expect(usage({ ...invocation, by: 'MediaWorker', trigger: 'queue' })).toMatchObject({
    lambda_disk: 1,
    queue_requests: 2,
  })
})

test('what a schedule invokes is no part of a session', () => {
  const { quantities } = usageOf(
    { records: [{ ...invocation, by: 'Sweeper' }], logLines: [{ by: 'Sweeper', line: 'x' }] },
    deployment,
    new Set(['Sweeper']),
  )
  expect(quantities.lambda_requests).toBeUndefined()
})

test('a started execution is all transitions and messages of its run', () => {
  const start = { ...made, kind: 'call', service: 'states', operation: 'StartExecution' } as const
  expect(usage(start)).toMatchObject({ transitions: 8, queue_requests: 4 })
  expect(usage({ ...start, operation: 'SendTaskHeartbeat' })).not.toHaveProperty('transitions')
})

test('transitions count every state that is entered, in branches too', () => {
  const task = { Type: 'Task' }
  const machine = {
    StartAt: 'WHERE',
    States: {
      WHERE: { Type: 'Choice', Choices: [{ Next: 'ONE' }, { Next: 'BOTH' }] },
      ONE: { ...task, Next: 'BOTH' },
      BOTH: {
        Type: 'Parallel',
        Next: 'DONE',
        Branches: [
          {
            StartAt: 'INNER',
            States: {
              INNER: { Type: 'Choice', Choices: [{ Next: 'LAST' }], Default: 'FIRST' },
              FIRST: { ...task, Next: 'LAST' },
              LAST: task,
            },
          },
        ],
      },
      DONE: { Type: 'Succeed' },
    },
  }
  expect(standardTransitions(JSON.stringify(machine))).toEqual({ transitions: 7, tasks: 3 })
})

const tableCall = (time: number, pk: string, units: number): CallRecord => ({
  ...{ ...made, at: time, kind: 'call', service: 'dynamodb' },
  request: {
    ...{ operation: 'PutItem', index: undefined, readUnits: 0, storedBytes: 0, refused: false },
    writeUnits: units,
    keys: [{ pk, sk: 'EVENT#1' }],
    heat: [{ pk, sk: 'EVENT#1', units }],
  },
})

test('the heat of a partition is its busiest second, wherever that begins', () => {
  const records = [0, 900, 1_100, 1_899, 3_000].map((time) => tableCall(time, 'SESSION#s', 2))
  const [session] = partitionHeatOf(records)
  expect(session).toMatchObject({ writesPerSecond: 3, writeUnitsPerSecond: 6 })
})

test('items that all sessions share are told by themselves', () => {
  const records = [
    tableCall(0, 'SPENDDAY#2026-11-26', 2),
    tableCall(1, 'LIMIT#turns#deployment#all', 1),
    tableCall(2, 'LIMIT#turns#principal#p', 1),
    tableCall(3, 'SESSION#s', 9),
  ]
  expect(sharedHeatOf(records, 2)).toEqual([
    { key: 'limits: one counter of the deployment', requests: 0.5, writeUnits: 0.5 },
    { key: 'spending: the deployment’s day', requests: 0.5, writeUnits: 1 },
  ])
})

test('a table request is read with its keys, its units and what it stores', () => {
  const item = { PK: { S: 'SESSION#s' }, SK: { S: 'EVENT#000000001' } }
  const body = { TransactItems: [{ Put: { Item: item } }, { Update: { Key: item } }] }
  const answer = { ConsumedCapacity: [{ TableName: 'T', CapacityUnits: 4 }] }
  const read = readTableRequest(
    'TransactWriteItems',
    JSON.stringify(body),
    JSON.stringify(answer),
    200,
  )
  expect(read).toMatchObject({ writeUnits: 4, readUnits: 0, storedBytes: 28, refused: false })
  expect(read.heat.map(({ units }) => units)).toEqual([2, 2])
  expect(purposeOf({ operation: 'PutItem', keys: read.keys })).toBe('log: append one event')
})

test('a rate gives way at the sessions whose busiest hour reaches it', () => {
  expect(sessionsAt(1, 1)).toBe(657_000)
  expect(sessionsAt(100, 10)).toBe(6_570_000)
})

test('tokens follow the script: Hangul takes one for a syllable, Latin one for five characters', () => {
  expect(tokensOf('')).toBe(0)
  expect(tokensOf('가'.repeat(100))).toBe(105)
  expect(tokensOf('a'.repeat(1_000))).toBe(195)
})

test('what is free or unused says so, and every other service has its meters', () => {
  for (const use of Object.values(metersOfServices)) {
    expect(typeof use === 'string' || use.length > 0).toBe(true)
  }
})
