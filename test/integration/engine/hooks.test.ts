import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callAws } from '../../../local/aws/aws-json.ts'
import type { Engine } from '../../../local/engine.ts'
import type { Deliver } from '../../../local/queues/event-source.ts'
import { readDefinition } from '../../../local/states/machine-definition.ts'
import { eventually, jsonOf } from './eventually.ts'
import {
  inspectQueues,
  makeWorkspace,
  notesOf,
  removeWorkspace,
  startSample,
} from './sample-engine.ts'

let directory: string
let engine: Engine
const delivered: string[] = []

const deliver: Deliver = async ({ logicalId, messages }, invoke) => {
  const body = messages.map(({ Body }) => Body).join()
  delivered.push(`${logicalId} ${body}`)
  if (body.includes('dropped')) return new Set()
  if (body.includes('doubled')) await invoke()
  return invoke()
}

beforeAll(async () => {
  directory = await makeWorkspace()
  engine = await startSample(directory, {
    preload: ['data:text/javascript,process.env.PRELOADED = "yes"'],
    deliver,
    speed: 600,
  })
})

afterAll(async () => {
  await engine.close()
  await removeWorkspace(directory)
})

describe('an engine with hooks', () => {
  it('lets a module into every thread before the bundle', async () => {
    const { environment } = await jsonOf(fetch(`${engine.origin}/`))
    expect(environment.PRELOADED).toBe('yes')
  })

  it('delivers as often as the hook invokes, and deletes what was dropped', async () => {
    const send = (run: string) =>
      callAws(engine.endpoints.sqs, 'AmazonSQS', 'SendMessage', {
        QueueUrl: engine.resources.Hasty,
        MessageBody: JSON.stringify({
          run,
          task: 'T',
          retry: 0,
          task_token: 'none',
          plan: { T: ['forget'] },
        }),
      })
    await send('doubled')
    await eventually(async () => expect(await notesOf(engine, 'doubled')).toHaveLength(2))
    await send('dropped')
    await eventually(async () => {
      expect(delivered).toContainEqual(expect.stringMatching(/^Worker .*dropped/))
      const { messages } = await inspectQueues(engine, 'Hasty')
      expect([...messages.ready, ...messages.inflight]).toEqual([])
    })
    expect(await notesOf(engine, 'dropped')).toEqual([])
  })

  it('fires schedules sooner', async () => {
    await eventually(async () =>
      expect(JSON.stringify(await notesOf(engine, 'events'))).toContain('Scheduled Event'),
    )
  })
})

it('a state machine runs out of time sooner, too', () => {
  const machine = {
    StartAt: 'TASK',
    States: {
      TASK: {
        Type: 'Task',
        Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        TimeoutSeconds: 240,
        HeartbeatSeconds: 30,
        End: true,
      },
    },
  }
  const task = (speed: number) =>
    readDefinition('M', JSON.stringify(machine), speed).tasks.get('TASK')
  expect(task(1)).toMatchObject({ timeoutSeconds: 240, heartbeatSeconds: 30 })
  expect(task(4)).toMatchObject({ timeoutSeconds: 60, heartbeatSeconds: 7.5 })
})
