import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Engine } from '../../../local/engine.ts'
import { eventually } from './eventually.ts'
import {
  inspectQueues,
  leaveNote,
  makeWorkspace,
  notesOf,
  removeWorkspace,
  startSample,
  statesOf,
} from './sample-engine.ts'

const platform = `@dynoxide/${process.platform}-${process.arch}`
const manifest = createRequire(import.meta.url).resolve(`${platform}/package.json`)
const dynoxide = join(dirname(manifest), 'dynoxide')

let directory: string

beforeEach(async () => {
  directory = await makeWorkspace()
})

afterEach(async () => {
  await removeWorkspace(directory)
})

const startProcess = async (): Promise<{ child: ChildProcess; engine: Engine }> => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'engine-process.ts'), directory],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  if (!child.stdout) throw new Error('There is no output')
  const [line] = await once(createInterface(child.stdout), 'line')
  return { child, engine: JSON.parse(line) }
}

const isOpen = (origin: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

const begin = async (engine: Engine, name: string, plan: object): Promise<string> => {
  const { executionArn } = await statesOf(engine).send(
    new StartExecutionCommand({
      stateMachineArn: engine.resources.Runs,
      name,
      input: JSON.stringify({ run: name, path: 'patient', plan }),
    }),
  )
  return executionArn ?? ''
}

const statusOf = async (engine: Engine, executionArn: string): Promise<string | undefined> =>
  (await statesOf(engine).send(new DescribeExecutionCommand({ executionArn }))).status

/** How many messages a function works on: received, and not deleted yet. */
const inFlight = async (engine: Engine): Promise<number> => {
  return (await inspectQueues(engine, 'Work')).messages.inflight.length
}

const triesOf = async (engine: Engine, name: string) =>
  (await notesOf(engine, name))
    .filter((note) => note.token)
    .map((note) => String(note.SK).split('#').slice(0, 2).join('#'))
    .sort()

describe('an engine that is killed', () => {
  it('takes its child along, and a run goes on where it was', async () => {
    const { child, engine: killed } = await startProcess()
    const done = await begin(killed, 'done-before', {})
    await eventually(async () => expect(await statusOf(killed, done)).toBe('SUCCEEDED'))
    const arn = await begin(killed, 'killed', { LEFT_THEN: ['hold'] })
    await eventually(async () => {
      expect(await triesOf(killed, 'killed')).toEqual([
        'LEFT#0',
        'LEFT_THEN#0',
        'PATIENT#0',
        'RIGHT#0',
      ])
      // What was worked on and not deleted yet would come again as well.
      expect(await inFlight(killed)).toBe(1)
    })
    child.kill('SIGKILL')
    await once(child, 'exit')
    await eventually(async () => expect(await isOpen(killed.endpoints.dynamodb)).toBe(false))

    const engine = await startSample(directory)
    try {
      expect(await statusOf(engine, arn)).toBe('RUNNING')
      // The message that was not finished comes again, with the token that the task still waits for.
      await eventually(async () => {
        expect((await triesOf(engine, 'killed')).filter((it) => it === 'LEFT_THEN#0')).toHaveLength(
          2,
        )
      })
      await leaveNote(engine, 'killed', 'go')
      await eventually(async () => expect(await statusOf(engine, arn)).toBe('SUCCEEDED'))

      expect(await triesOf(engine, 'killed')).toEqual([
        'LEFT#0',
        'LEFT_THEN#0',
        'LEFT_THEN#0',
        'PATIENT#0',
        'RIGHT#0',
      ])
      expect(await statusOf(engine, done)).toBe('SUCCEEDED')
    } finally {
      await engine.close()
    }
  })

  it('ends a child that was left behind, and no other process', async () => {
    const pidFile = join(directory, 'data', 'dynoxide.pid')
    mkdirSync(join(directory, 'data'))
    const runUnder = async (child: ChildProcess): Promise<string> => {
      onTestFinished(() => void child.kill('SIGKILL'))
      writeFileSync(pidFile, `${child.pid}\n`)
      await (await startSample(directory)).close()
      return child.exitCode === null && child.signalCode === null ? 'running' : 'ended'
    }
    const left = spawn(dynoxide, ['serve', '-p', '0'], { stdio: 'ignore' })
    // After a reboot, the number in the file may belong to another process.
    const bystander = spawn('sleep', ['30'], { stdio: 'ignore' })

    expect(await runUnder(left)).toBe('ended')
    expect(await runUnder(bystander)).toBe('running')
    expect(existsSync(pidFile)).toBe(false)
  })
})

describe('a store that is killed', () => {
  it('comes back at its place with all that it held', async () => {
    const engine = await startSample(directory)
    onTestFinished(() => engine.close())
    await leaveNote(engine, 'kept', 'note')
    const pid = Number(readFileSync(join(directory, 'data', 'dynoxide.pid'), 'utf8'))
    process.kill(pid, 'SIGKILL')
    await eventually(() => expect(() => process.kill(pid, 0)).toThrow())

    await eventually(async () => expect(await notesOf(engine, 'kept')).toHaveLength(1))
  })
})

describe('an engine that is closed', () => {
  it('leaves nothing running, and what it held is there at the next start', async () => {
    const first = await startSample(directory)
    const arn = await begin(first, 'closed', { PATIENT: ['hold'] })
    await eventually(async () => expect(await triesOf(first, 'closed')).toEqual(['PATIENT#0']))
    await first.close()
    for (const origin of [
      first.origin,
      first.endpoints.sfn,
      first.endpoints.sqs,
      first.endpoints.dynamodb,
    ]) {
      expect(await isOpen(origin)).toBe(false)
    }

    const second = await startSample(directory)
    try {
      await leaveNote(second, 'closed', 'go')
      await eventually(async () => expect(await statusOf(second, arn)).toBe('SUCCEEDED'))
    } finally {
      await second.close()
    }
  })

  it('has its data folder for itself', async () => {
    const engine = await startSample(directory)
    const message = await startSample(directory).catch((error: Error) => error.message)
    const answered = await fetch(engine.origin)
    await engine.close()

    expect(message).toBe(`Another local engine uses the data folder ${join(directory, 'data')}`)
    expect(answered.status).toBe(200)
  })
})
