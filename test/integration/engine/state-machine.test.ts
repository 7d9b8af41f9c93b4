import { randomUUID } from 'node:crypto'
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import { eventually } from './eventually.ts'
import {
  leaveNote,
  makeWorkspace,
  notesOf,
  removeWorkspace,
  startSample,
  statesOf,
} from './sample-engine.ts'

let directory: string
let engine: Engine
let states: SFNClient

beforeAll(async () => {
  directory = await makeWorkspace()
  engine = await startSample(directory)
  states = statesOf(engine)
})

afterAll(async () => {
  await engine.close()
  await removeWorkspace(directory)
})

/** A name of an execution's own, for each try of a test. */
const fresh = (name: string) => `${name}-${randomUUID()}`

type Plan = Record<string, string[]>

const begin = (name: string, path: string, plan: Plan) =>
  states.send(
    new StartExecutionCommand({
      stateMachineArn: engine.resources.Runs,
      name,
      input: JSON.stringify({ run: name, path, plan }),
    }),
  )

const describeRun = (executionArn: string | undefined) =>
  states.send(new DescribeExecutionCommand({ executionArn }))

const ended = async (executionArn: string | undefined): Promise<DescribeExecutionCommandOutput> =>
  await eventually(async () => {
    const execution = await describeRun(executionArn)
    expect(execution.status).not.toBe('RUNNING')
    return execution
  })

const run = async (
  name: string,
  path: string,
  plan: Plan,
): Promise<DescribeExecutionCommandOutput> =>
  await ended((await begin(name, path, plan)).executionArn)

/** The tries that reached the worker, as `TASK#retry`. */
const triesOf = async (name: string): Promise<string[]> => {
  const notes = await notesOf(engine, name)
  return notes.map((note) => String(note.SK).split('#').slice(0, 2).join('#')).sort()
}

const tokenOf = async (name: string): Promise<string> =>
  await eventually(async () => {
    const token = (await notesOf(engine, name)).find((note) => note.token)?.token
    expect(token).toBeTypeOf('string')
    return String(token)
  })

describe.concurrent('a state machine', () => {
  it('sends a task with its token and goes on when it is returned', async () => {
    const name = fresh('success')
    const execution = await run(name, 'single', {})

    expect(execution).toMatchObject({ status: 'SUCCEEDED', name })
    expect(JSON.parse(execution.output ?? '')).toEqual({ run: name, path: 'single', plan: {} })
    const [note] = await notesOf(engine, name)
    expect(note?.input).toMatchObject({ task: 'SINGLE', retry: 0, execution: name })
  })

  it('fails with the error that the worker returned', async () => {
    const name = fresh('failure')
    const execution = await run(name, 'single', { SINGLE: ['fail'] })

    expect(execution).toMatchObject({
      status: 'FAILED',
      error: 'MODEL_REFUSED',
      cause: 'it said no',
    })
    expect(await triesOf(name)).toEqual(['SINGLE#0'])
  })

  it('tries again what Retry names, once, and tells the worker', async () => {
    const name = fresh('mended')
    const mended = await run(name, 'single', { SINGLE: ['interrupt', 'succeed'] })
    expect(mended.status).toBe('SUCCEEDED')
    expect(await triesOf(name)).toEqual(['SINGLE#0', 'SINGLE#1'])
  })

  it('gives up after the last try', async () => {
    const name = fresh('given-up')
    const execution = await run(name, 'single', { SINGLE: ['interrupt', 'interrupt'] })

    expect(execution).toMatchObject({ status: 'FAILED', error: 'WORKER_INTERRUPTED' })
    expect(await triesOf(name)).toEqual(['SINGLE#0', 'SINGLE#1'])
  })

  it('misses heartbeats', async () => {
    const name = fresh('silent')
    const execution = await run(name, 'silent', { SILENT: ['forget', 'forget'] })

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.HeartbeatTimeout' })
  })

  it('waits as long as heartbeats come', async () => {
    const name = fresh('beating')
    const execution = await run(name, 'beating', { BEATING: ['beat', 'fail'] })

    expect(execution.status).toBe('SUCCEEDED')
    expect(await triesOf(name)).toEqual(['BEATING#0'])
  })

  it('does not wait longer than the timeout, whatever beats and catches', async () => {
    const name = fresh('too-long')
    const execution = await run(name, 'timed', { TIMED: ['beat-on'] })

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.Timeout' })
    await eventually(async () => {
      const notes = await notesOf(engine, name)
      expect(notes.find(({ SK }) => SK === 'refused')).toMatchObject({ name: 'TaskTimedOut' })
    })
  })

  it('runs branches side by side and joins their results', async () => {
    const name = fresh('branches')
    const execution = await run(name, 'many', { RIGHT: ['interrupt', 'succeed'] })

    expect(execution.status).toBe('SUCCEEDED')
    expect(JSON.parse(execution.output ?? '').branches).toEqual([
      { run: name, path: 'many', plan: { RIGHT: ['interrupt', 'succeed'] } },
      { done: 'RIGHT' },
    ])
    expect(await triesOf(name)).toEqual(['LEFT#0', 'LEFT_THEN#0', 'RIGHT#0', 'RIGHT#1'])
  })

  it('fails as a whole when a branch fails, with its error', async () => {
    const name = fresh('branch-failed')
    const execution = await run(name, 'many', { LEFT_THEN: ['fail'] })

    expect(execution).toMatchObject({ status: 'FAILED', error: 'MODEL_REFUSED' })
  })

  it('starts the same execution once', async () => {
    const name = fresh('same')
    const plan = { PATIENT: ['hold'] }
    const first = await begin(name, 'patient', plan)
    const second = await begin(name, 'patient', plan)
    await expect(begin(name, 'patient', {})).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    })
    await leaveNote(engine, name, 'go')
    await ended(first.executionArn)

    expect(second.executionArn).toBe(first.executionArn)
    expect((await triesOf(name)).filter((it) => it.startsWith('PATIENT'))).toEqual(['PATIENT#0'])
    await expect(begin(name, 'patient', plan)).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
    })
  })

  it('stops on demand, and its tokens close', async () => {
    const name = fresh('stopped')
    const { executionArn } = await begin(name, 'patient', { PATIENT: ['forget'] })
    const taskToken = await tokenOf(name)
    await states.send(new SendTaskHeartbeatCommand({ taskToken }))
    await states.send(new StopExecutionCommand({ executionArn, error: 'CANCELLED', cause: 'why' }))

    expect(await describeRun(executionArn)).toMatchObject({
      status: 'ABORTED',
      error: 'CANCELLED',
      cause: 'why',
      stopDate: expect.any(Date),
    })
    const late = states.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))
    await expect(late).rejects.toMatchObject({ name: 'TaskTimedOut' })
    expect(await triesOf(name)).toEqual(['PATIENT#0'])
  })

  it('tells one wrong token from another', async () => {
    const name = fresh('answered')
    const foreign = Buffer.from(JSON.stringify(['arn:of:nothing', 'x'])).toString('base64url')
    const fail = (taskToken: string) => states.send(new SendTaskFailureCommand({ taskToken }))
    await run(name, 'single', {})
    const taskToken = await tokenOf(name)

    await expect(fail('no token')).rejects.toMatchObject({ name: 'InvalidToken' })
    await expect(fail(foreign)).rejects.toMatchObject({ name: 'TaskDoesNotExist' })
    await expect(fail(taskToken)).rejects.toMatchObject({ name: 'TaskTimedOut' })
  })

  it('refuses what Step Functions refuses', async () => {
    const start = (input: object) =>
      states.send(new StartExecutionCommand({ stateMachineArn: engine.resources.Runs, ...input }))

    await expect(start({ input: 'no json' })).rejects.toMatchObject({
      name: 'InvalidExecutionInput',
    })
    await expect(start({ stateMachineArn: 'arn:none' })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
    })
    await expect(start({ name: 'a name' })).rejects.toMatchObject({ name: 'ValidationException' })
    await expect(describeRun('arn:none')).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' })
  })

  it('fails when nothing fits', async () => {
    const name = fresh('nowhere')
    const execution = await run(name, 'nowhere', {})
    const listed = await states.send(
      new ListExecutionsCommand({ stateMachineArn: engine.resources.Runs, statusFilter: 'FAILED' }),
    )

    expect(execution).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' })
    expect(listed.executions?.map(({ name }) => name)).toContain(name)
  })

  it('announces failures on the event bus', async () => {
    const name = fresh('announced')
    await run(name, 'single', { SINGLE: ['fail'] })

    await eventually(async () => {
      const events = (await notesOf(engine, 'events')).map((note) => JSON.stringify(note.event))
      const event = JSON.parse(events.find((text) => text.includes(`:${name}"`)) ?? '{}')
      expect(event).toMatchObject({
        source: 'aws.states',
        'detail-type': 'Step Functions Execution Status Change',
        detail: {
          name,
          status: 'FAILED',
          error: 'MODEL_REFUSED',
          startDate: expect.any(Number),
          stopDate: expect.any(Number),
        },
      })
      expect(events.join()).not.toContain('"status":"SUCCEEDED"')
    })
  })
})
