import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import { eventually } from './eventually.ts'
import {
  inspectQueues,
  makeWorkspace,
  notesOf,
  removeWorkspace,
  sendMessages,
  startSample,
} from './sample-engine.ts'

let directory: string
let engine: Engine

beforeAll(async () => {
  directory = await makeWorkspace()
  engine = await startSample(directory)
})

afterAll(async () => {
  await engine.close()
  await removeWorkspace(directory)
})

const messages = async (queue: string) => {
  return (await inspectQueues(engine, queue)).messages
}

describe('an event source', () => {
  it('deletes what was done, redelivers what failed, and gives up on it in the end', async () => {
    const order = (run: string | undefined, action: string) => ({
      run,
      task: 'T',
      retry: 0,
      task_token: 'none',
      plan: { T: [action] },
    })
    const [first, poison, good] = ['first', 'poison', 'good'].map(
      (kind) => `${kind}-${randomUUID()}`,
    )
    const deliveries = async (run: string | undefined) =>
      (await notesOf(engine, run ?? '')).map((note) => note.receiveCount).sort()
    // On a busy machine a function starts for longer than the queue hides its messages.
    await sendMessages(engine, 'Hasty', [order(first, 'forget')])
    await eventually(async () => expect(await deliveries(first)).not.toEqual([]))
    await sendMessages(engine, 'Hasty', [order(poison, 'reject'), order(good, 'forget')])

    await eventually(async () => {
      expect(JSON.stringify((await messages('Dead')).ready)).toContain(poison)
      expect((await messages('Hasty')).inflight).toHaveLength(0)
      expect(await deliveries(poison)).toEqual(['1', '2'])
    })
    expect(await deliveries(good)).toEqual(['1'])
    expect(JSON.stringify((await messages('Dead')).ready)).not.toContain(good)
  })

  it('redelivers everything when the function throws', async () => {
    const run = `broken-${randomUUID()}`
    await sendMessages(engine, 'Hasty', [{ plan: null, run }])

    await eventually(async () =>
      expect(JSON.stringify((await messages('Dead')).ready)).toContain(run),
    )
  })
})
