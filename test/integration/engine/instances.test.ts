import { availableParallelism } from 'node:os'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import type {
  FunctionDefinition,
  FunctionInstance,
} from '../../../local/functions/function-instance.ts'
import { IdleInstances, type IdleLimits } from '../../../local/functions/idle-instances.ts'
import { eventually, jsonOf } from './eventually.ts'
import {
  leaveNote,
  makeWorkspace,
  notesOf,
  putEvents,
  removeWorkspace,
  sendMessages,
  startSample,
} from './sample-engine.ts'

describe('idle instances', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    return () => vi.useRealTimers()
  })

  const limits: IdleLimits = { recent: 2, recentMilliseconds: 1000, otherMilliseconds: 100 }
  const definition = { name: 'F' } as FunctionDefinition

  /** Stands for a thread: what is tested is which of them end, and when. */
  const instance = (of = definition) => {
    const fake = { definition: of, ended: false, terminate: vi.fn() }
    return fake as typeof fake & FunctionInstance
  }

  it('end after a while, those that were used last only later', () => {
    const idle = new IdleInstances(limits)
    const all = [instance(), instance(), instance()]
    for (const each of all) idle.put(each, true)
    const ends = () => all.map(({ terminate }) => terminate.mock.calls.length)

    vi.advanceTimersByTime(99)
    expect(ends()).toEqual([0, 0, 0])
    vi.advanceTimersByTime(1)
    expect(ends()).toEqual([1, 0, 0])
    vi.advanceTimersByTime(899)
    expect(ends()).toEqual([1, 0, 0])
    vi.advanceTimersByTime(1)
    expect(ends()).toEqual([1, 1, 1])
  })

  it('end soon after an event that no caller waited for', () => {
    const idle = new IdleInstances(limits)
    const scheduled = instance()
    idle.put(scheduled, false)
    vi.advanceTimersByTime(100)
    expect(scheduled.terminate).toHaveBeenCalledOnce()
  })

  it('are taken by their own function, the last used first, and not once they have ended', () => {
    const idle = new IdleInstances(limits)
    const other = instance({ ...definition })
    const [first, second, third] = [instance(), instance(), instance()]
    for (const each of [first, second, third, other]) idle.put(each, true)
    third.ended = true

    expect(idle.take(definition)).toBe(second)
    expect(idle.take(definition)).toBe(first)
    expect(idle.take(definition)).toBeUndefined()
    vi.advanceTimersByTime(2000)
    expect(first.terminate).not.toHaveBeenCalled()
  })
})

describe('an engine', () => {
  let directory: string
  let engine: Engine
  beforeAll(async () => {
    directory = await makeWorkspace()
    return () => removeWorkspace(directory)
  })
  afterEach(() => engine.close())

  const threadOf = async (): Promise<string> => (await jsonOf(fetch(`${engine.origin}/`))).instance

  it('starts another instance after one was idle for too long', async () => {
    engine = await startSample(directory, { idle: { recentMilliseconds: 0, otherMilliseconds: 0 } })
    const first = await threadOf()
    await eventually(async () => expect(await threadOf()).not.toBe(first))
  })

  it('keeps an instance for the next request, and none for the next event of the bus', async () => {
    engine = await startSample(directory, { idle: { otherMilliseconds: 0 } })
    expect(await threadOf()).toBe(await threadOf())
    const failure = {
      Source: 'aws.states',
      DetailType: 'Step Functions Execution Status Change',
      Detail: JSON.stringify({ stateMachineArn: engine.resources.Runs, status: 'FAILED' }),
    }
    const threads = async () =>
      new Set((await notesOf(engine, 'events')).map(({ instance }) => instance))
    for (const count of [1, 2]) {
      await putEvents(engine, [failure])
      await eventually(async () => expect((await threads()).size).toBe(count))
    }
  })

  it('gives requests that come together the instances that it has processors for', async () => {
    engine = await startSample(directory)
    const instances = Math.max(4, availableParallelism())
    const requests = Array.from({ length: instances * 2 }, () =>
      jsonOf(fetch(`${engine.origin}/do/hold`)),
    )
    const held = async () => await notesOf(engine, 'held')
    await eventually(async () => expect(await held()).toHaveLength(requests.length))
    const threads = new Set((await held()).map(({ instance }) => instance))
    await leaveNote(engine, 'held', 'released')

    expect(threads.size).toBe(instances)
    const answers = await Promise.all(requests)
    expect(answers.map(({ mostActive }) => mostActive)).toEqual(requests.map(() => 2))
    expect(new Set(answers.map(({ context }) => context.requestId)).size).toBe(requests.length)
  })

  it('gives each message of a queue an instance of its own', async () => {
    engine = await startSample(directory)
    const order = { run: 'together', task: 'T', retry: 0, task_token: 'none' }
    const orders = Array.from({ length: 6 }, () => ({ ...order, plan: { T: ['hold'] } }))
    await sendMessages(engine, 'Work', orders)
    const threads = async () =>
      new Set((await notesOf(engine, 'together')).map(({ instance }) => instance))
    await eventually(async () => expect((await threads()).size).toBe(orders.length))
    await leaveNote(engine, 'together', 'go')
  })
})
