import { afterEach, expect, it, vi } from 'vitest'
import type { ModelEvent, ModelRequest } from '../../../shared/clients/openai/model-client.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { answersBehind } from '../../../shared/services/runs/answers-behind.ts'

const request: ModelRequest = { model: 'scripted', instructions: '', messages: [] }
const { signal } = new AbortController()
const unhandled = vi.fn()
process.on('unhandledRejection', unhandled)
afterEach(() => unhandled.mockClear())

async function* answer(): AsyncGenerator<ModelEvent> {
  yield { type: 'text', text: '네' }
}

/** A model that is asked for a stage which has not begun. */
const ask = (stream: () => Promise<AsyncIterable<ModelEvent>>) => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const ended: unknown[] = []
  const asked = vi.fn(stream)
  const answered = answersBehind(promise, { stream: asked }).stream(request, signal)
  answered.then(
    () => ended.push('answered'),
    (error) => ended.push(error),
  )
  return { begin: resolve, refuse: reject, asked, answered, ended }
}

it('asks at once and answers once the stage has begun', async () => {
  const { begin, asked, answered, ended } = ask(async () => answer())
  expect(asked).toHaveBeenCalledExactlyOnceWith(request, signal)
  await new Promise(setImmediate)
  expect(ended).toEqual([])
  begin()
  const events: ModelEvent[] = []
  for await (const event of await answered) events.push(event)
  expect(events).toEqual([{ type: 'text', text: '네' }])
})

it('fails once the stage has begun', async () => {
  const failure = new StudioError('RATE_LIMITED', 'Later.')
  const { begin, answered, ended } = ask(() => Promise.reject(failure))
  await new Promise(setImmediate)
  expect(ended).toEqual([])
  begin()
  await expect(answered).rejects.toBe(failure)
  expect(unhandled).not.toHaveBeenCalled()
})

it('fails with why the stage has not begun, whatever the model does', async () => {
  const { refuse, answered } = ask(() => Promise.reject(new Error('Broken.')))
  const why = new Error('Not ours.')
  refuse(why)
  await expect(answered).rejects.toBe(why)
  await new Promise(setImmediate)
  expect(unhandled).not.toHaveBeenCalled()
})
