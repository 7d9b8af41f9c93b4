import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { WebSocket } from 'ws'
import { signedHeaders } from '../local/aws/signature.ts'
import { now } from './clock.ts'
import type { FromEngine } from './engine-main.ts'
import { engineTemplate, stepCount, workChannel } from './engine-template.ts'
import { startBareServer, startEngineProcess } from './processes.ts'
import { atLeast, atMost, median, type Row, rowOf } from './statistics.ts'

const agent = new Agent({ keepAlive: true })

const post = async (
  url: string,
  body: string,
  more: Record<string, string> = {},
): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const headers = { 'content-type': 'application/json', ...more }
  const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
    answer.resume().on('end', () => {
      if (answer.statusCode === 200) resolve()
      else reject(new Error(`${url} answered ${answer.statusCode}.`))
    })
  })
  sent.on('error', reject).end(body)
  await promise
}

const rounds = 7
const tripsPerRound = 150
const warmUps = 300

const timeOf = async (work: () => Promise<void>): Promise<number> => {
  const startedAt = now()
  await work()
  return now() - startedAt
}

/** The two alternate, so that what else the machine does hits both. */
const roundTrips = async (bare: string, engine: string): Promise<Row[]> => {
  const body = JSON.stringify({ message: '동백 오일의 향을 먼저 보여 주면 좋겠어요. '.repeat(10) })
  const ratios: number[] = []
  const bareTimes: number[] = []
  for (let trip = 0; trip < warmUps; trip += 1) {
    await post(`${bare}/echo`, body)
    await post(`${engine}/echo`, body)
  }
  for (let round = 0; round < rounds; round += 1) {
    const times: Record<'bare' | 'engine', number[]> = { bare: [], engine: [] }
    for (let trip = 0; trip < tripsPerRound; trip += 1) {
      times.bare.push(await timeOf(() => post(`${bare}/echo`, body)))
      times.engine.push(await timeOf(() => post(`${engine}/echo`, body)))
    }
    ratios.push(median(times.engine) / median(times.bare))
    bareTimes.push(median(times.bare))
  }
  return [
    rowOf(
      'a request through door, worker and back, against bare Node',
      ratios,
      '×',
      atMost(3, '×'),
    ),
    rowOf('  the bare round trip', bareTimes, 'ms'),
  ]
}

const socketCount = 1000
const framesPerBroadcast = 10
/** One broadcast is short enough for a garbage collection to double it. */
const broadcastsPerRound = 15
const broadcastWarmUps = 15
const frameText = JSON.stringify({
  type: 'planner.delta',
  data: { text: '동백 오일의 향을 먼저 보여 주면 좋겠어요' },
})

interface Audience {
  ids: string[]
  /** Resolves when every socket has so many further frames. */
  received(frames: number): Promise<void>
  close(): Promise<void>
}

const openAudience = async (url: string, asksForId: boolean): Promise<Audience> => {
  let missing = 0
  let complete = (): void => {}
  const open = async (): Promise<{ socket: WebSocket; id: string }> => {
    const socket = new WebSocket(url, { perMessageDeflate: false })
    await once(socket, 'open')
    let id = ''
    if (asksForId) {
      // There is no route for it, and the refusal names the connection.
      socket.send('{}')
      const [data] = await once(socket, 'message')
      id = JSON.parse(String(data)).connectionId
    }
    socket.on('message', () => {
      missing -= 1
      if (missing === 0) complete()
    })
    return { socket, id }
  }
  const sockets: Array<{ socket: WebSocket; id: string }> = []
  while (sockets.length < socketCount) {
    sockets.push(...(await Promise.all(Array.from({ length: 50 }, open))))
  }
  return {
    ids: sockets.map(({ id }) => id),
    received(frames) {
      missing = frames * sockets.length
      return new Promise((resolve) => {
        complete = resolve
      })
    },
    async close() {
      const closed = sockets.map(({ socket }) => once(socket, 'close'))
      for (const { socket } of sockets) socket.close()
      await Promise.all(closed)
    },
  }
}

const broadcasts = async (bare: string, engine: string, engineSocket: string): Promise<Row[]> => {
  const audiences = {
    bare: await openAudience(bare.replace('http:', 'ws:'), false),
    engine: await openAudience(engineSocket, true),
  }
  const broadcast = async (origin: string, audience: Audience): Promise<number> => {
    const all = audience.received(framesPerBroadcast)
    const asked = { ids: audience.ids, frames: framesPerBroadcast, text: frameText }
    return await timeOf(async () => {
      await Promise.all([post(`${origin}/broadcast`, JSON.stringify(asked)), all])
    })
  }
  const both = async (): Promise<{ bare: number; engine: number }> => ({
    bare: await broadcast(bare, audiences.bare),
    engine: await broadcast(engine, audiences.engine),
  })
  for (let warmUp = 0; warmUp < broadcastWarmUps; warmUp += 1) await both()
  const shares: number[] = []
  const rates: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const times: Record<'bare' | 'engine', number[]> = { bare: [], engine: [] }
    for (let number = 0; number < broadcastsPerRound; number += 1) {
      const took = await both()
      times.bare.push(took.bare)
      times.engine.push(took.engine)
    }
    shares.push(median(times.bare) / median(times.engine))
    rates.push((socketCount * framesPerBroadcast) / median(times.bare))
  }
  await Promise.all([audiences.bare.close(), audiences.engine.close()])
  return [
    rowOf('1,000 sockets: share of what bare ws broadcasts', shares, '×', atLeast(0.5, '×')),
    rowOf('  bare ws', rates, 'frames/ms'),
  ]
}

interface WorkReport {
  token: string
  /** When the worker had the message, in milliseconds since the epoch. */
  at: number
}

const executions = 12

/** From the return of a task's token until the worker has the next state's message. */
const stateChanges = async (
  bare: string,
  { sfn, machine, credentials }: Pick<FromEngine, 'sfn' | 'machine' | 'credentials'>,
  nextReport: () => Promise<WorkReport>,
): Promise<Row[]> => {
  const call = async (operation: string, input: object): Promise<void> => {
    const body = JSON.stringify(input)
    const headers = { 'x-amz-target': `AWSStepFunctions.${operation}` }
    const request = { method: 'POST', headers, body }
    await post(sfn, body, await signedHeaders('states', sfn, request, credentials))
  }
  const changes: number[] = []
  const trips: number[] = []
  for (let execution = -2; execution < executions; execution += 1) {
    let report = nextReport()
    await call('StartExecution', { stateMachineArn: machine })
    for (let left = stepCount - 1; left >= 0; left -= 1) {
      const { token } = await report
      trips.push(await timeOf(() => post(`${bare}/echo`, '{}')))
      const returnedAt = now()
      if (left > 0) report = nextReport()
      await call('SendTaskSuccess', { taskToken: token, output: '{}' })
      if (left > 0 && execution >= 0) changes.push((await report).at - returnedAt)
    }
  }
  const trip = median(trips)
  return [
    rowOf('a task returned to the next message at its worker', changes, 'ms'),
    rowOf(
      '  in bare round trips',
      changes.map((change) => change / trip),
      '×',
      atMost(10, '×'),
    ),
  ]
}

/** What the local engine adds to what it stands on, each against the bare server in the same run. */
export const measureEngine = async (outdir: string): Promise<Row[]> => {
  await using stack = new AsyncDisposableStack()
  const bare = stack.adopt(await startBareServer(), (it) => it.stop())
  let reported = (_: WorkReport): void => {}
  const watch = {
    preload: [],
    reports: workChannel,
    onReport: (report: unknown) => reported(report as WorkReport),
  }
  const nextReport = (): Promise<WorkReport> =>
    new Promise((resolve) => {
      reported = resolve
    })
  const engine = stack.adopt(
    await startEngineProcess({ template: engineTemplate, outdir }, {}, { watch }),
    (it) => it.stop(),
  )
  return [
    ...(await roundTrips(bare.origin, engine.origin)),
    ...(await stateChanges(bare.origin, engine, nextReport)),
    ...(await broadcasts(bare.origin, engine.origin, engine.socketUrl)),
  ]
}
