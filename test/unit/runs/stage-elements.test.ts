import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { EventDraft } from '../../../shared/contracts/events.ts'
import { packedCharacters, packedEvents } from '../../../shared/rules/event-packing.ts'
import type { SessionStream } from '../../../shared/services/log/stream-service.ts'
import { createElementLog, elementWindowMs } from '../../../shared/services/runs/stage-elements.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

const task = { run_id: 'run_1', attempt: 1, stage: 'strategy', retry: 0 } as const

/** A log that takes appends at once, and what it was given with each. */
const openLog = () => {
  const appends: unknown[][] = []
  const failures: unknown[] = []
  let broken: Error | undefined
  const stream = {
    emit: async (drafts: EventDraft[]) => {
      if (broken) throw broken
      appends.push(drafts.map(({ data }) => ('item' in data ? data.item : undefined)))
      return []
    },
  } as unknown as SessionStream
  const elements = createElementLog(stream, task, 0, (reason) => failures.push(reason))
  return {
    appends,
    failures,
    elements,
    write: (...items: unknown[]) => {
      for (const item of items) elements.append('element', item, 1)
    },
    breakOff: (error: Error) => {
      broken = error
    },
  }
}

const inMoments = () => vi.advanceTimersByTimeAsync(0)

test('the first element is appended at once, and what comes within a window as one', async () => {
  const { appends, write } = openLog()
  write('a')
  await inMoments()
  expect(appends).toEqual([['a']])
  write('b')
  await vi.advanceTimersByTimeAsync(elementWindowMs / 2)
  write('c')
  await inMoments()
  expect(appends).toEqual([['a']])
  await vi.advanceTimersByTimeAsync(elementWindowMs / 2)
  expect(appends).toEqual([['a'], ['b', 'c']])
  await vi.advanceTimersByTimeAsync(elementWindowMs)
  write('d')
  await inMoments()
  expect(appends).toEqual([['a'], ['b', 'c'], ['d']])
})

test('no append is of more than one item holds, and a full one waits for no window', async () => {
  const { appends, write } = openLog()
  const many = Array.from({ length: 2 * packedEvents }, (_, index) => index)
  write('a', ...many)
  await inMoments()
  expect(appends).toEqual([['a'], many.slice(0, packedEvents), many.slice(packedEvents)])
  const long = 'x'.repeat(0.4 * packedCharacters)
  const other = openLog()
  other.write('a', long, long, long)
  await vi.advanceTimersByTimeAsync(elementWindowMs)
  expect(other.appends.map((each) => each.length)).toEqual([1, 2])
  await vi.advanceTimersByTimeAsync(elementWindowMs)
  expect(other.appends.map((each) => each.length)).toEqual([1, 2, 1])
})

test('what still waits goes with the commit, which waits for no window', async () => {
  const { appends, elements, write } = openLog()
  write('a')
  await inMoments()
  write('b', 'c')
  const rest = await elements.rest()
  expect(rest.map(({ data }) => 'item' in data && data.item)).toEqual(['b', 'c'])
  expect(appends).toEqual([['a']])
  expect(vi.getTimerCount()).toBe(0)
})

test('what a stage that fails has shown is in the log before its end', async () => {
  const { appends, elements, write } = openLog()
  write('a')
  await inMoments()
  write('b')
  await elements.settled()
  expect(appends).toEqual([['a'], ['b']])
})

test('an append that fails stops the work, and nothing is written behind it', async () => {
  const { appends, failures, elements, write, breakOff } = openLog()
  write('a')
  await inMoments()
  const error = new Error('The table is away.')
  breakOff(error)
  write('b')
  await vi.advanceTimersByTimeAsync(elementWindowMs)
  expect(failures).toEqual([error])
  write('c')
  await vi.advanceTimersByTimeAsync(elementWindowMs)
  await expect(elements.rest()).rejects.toThrow('away')
  expect(appends).toEqual([['a']])
})
