import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import { matchesPattern, unsupportedOperators } from '../../../local/events/event-pattern.ts'
import { readRate } from '../../../local/events/schedule.ts'
import { eventually } from './eventually.ts'
import {
  inspectQueues,
  makeWorkspace,
  notesOf,
  putEvents,
  removeWorkspace,
  startSample,
} from './sample-engine.ts'

let directory: string
let engine: Engine

beforeAll(async () => {
  // The schedule's minute passes when the test says so; all other timers are real.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  directory = await makeWorkspace()
  engine = await startSample(directory)
})

afterAll(async () => {
  vi.useRealTimers()
  await engine.close()
  await removeWorkspace(directory)
})

describe('the event bus', () => {
  it('delivers to a queue what the rule wants, and nothing else', async () => {
    const job = randomUUID()
    const event = (kind: string, source = 'sample.test') => ({
      Source: source,
      DetailType: 'Finished',
      Detail: JSON.stringify({ job, sub: { kind } }),
      Resources: ['arn:thing'],
      Time: 1_760_000_000,
    })
    const answer = await putEvents(engine, [
      event('c'),
      event('a', 'other'),
      { ...event('a'), Detail: '"text"' },
      { ...event('a'), Source: '' },
      event('b'),
    ])

    expect(answer.FailedEntryCount).toBe(2)
    expect(answer.Entries).toEqual([
      { EventId: expect.any(String) },
      { EventId: expect.any(String) },
      { ErrorCode: 'MalformedDetail', ErrorMessage: expect.any(String) },
      { ErrorCode: 'InvalidArgument', ErrorMessage: expect.any(String) },
      { EventId: expect.any(String) },
    ])
    await eventually(async () => {
      const bodies = (await inspectQueues(engine, 'Notices')).messages.ready
        .map(({ body }: { body: string }) => JSON.parse(body))
        .filter(({ detail }: { detail: { job: string } }) => detail.job === job)
      expect(bodies).toHaveLength(1)
      expect(bodies[0]).toMatchObject({
        version: '0',
        'detail-type': 'Finished',
        source: 'sample.test',
        time: '2025-10-09T08:53:20Z',
        resources: ['arn:thing'],
        detail: { job, sub: { kind: 'b' } },
      })
    })
  })

  it('fires schedules after each period', async () => {
    const fired = async () =>
      (await notesOf(engine, 'events')).filter((note) =>
        JSON.stringify(note).includes('"Scheduled Event"'),
      ).length
    const before = await fired()
    vi.advanceTimersByTime(120_000)

    await eventually(async () => expect(await fired()).toBe(before + 2))
  })
})

describe('event patterns', () => {
  const event = { source: 'a.b', detail: { status: 'X', list: ['p', 'q'], none: null, size: 3 } }

  it.each([
    [{ source: ['a.b', 'c'] }, true],
    [{ source: ['c'] }, false],
    [{ source: [{ prefix: 'a.' }] }, true],
    [{ source: [{ prefix: 'b.' }, 'a.b'] }, true],
    [{ source: [{ prefix: 'b.' }] }, false],
    [{ detail: { status: ['X'], size: [3] } }, true],
    [{ detail: { status: ['X'], size: ['3'] } }, false],
    [{ detail: { list: ['q'] } }, true],
    [{ detail: { none: [null] } }, true],
    [{ detail: { gone: [{ exists: false }] } }, true],
    [{ detail: { gone: [{ exists: true }] } }, false],
    [{ detail: { status: [{ exists: true }] } }, true],
    [{ detail: { status: { deep: ['X'] } } }, false],
    [{ gone: { deep: ['X'] } }, false],
    [{}, true],
  ])('%j matches: %j', (pattern, matches) => {
    expect(matchesPattern(pattern, event)).toBe(matches)
  })

  it('name what they cannot do', () => {
    expect(
      unsupportedOperators({
        source: ['a', { prefix: 'b' }],
        detail: {
          size: [{ numeric: ['>', 1] }],
          name: [{ prefix: { 'equals-ignore-case': 'x' } }],
        },
        $or: [],
      }),
    ).toEqual(['numeric', 'prefix', '$or'])
  })
})

it.each([
  ['rate(1 minute)', 60_000],
  ['rate(2 hours)', 7_200_000],
  ['rate(1 day)', 86_400_000],
  ['rate(30 days)', undefined],
  ['rate(5 seconds)', undefined],
  ['cron(0 12 * * ? *)', undefined],
])('the period of %s is %j', (expression, period) => {
  expect(readRate(expression)).toBe(period)
})
