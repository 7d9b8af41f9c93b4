/**
 * Imported into every function's thread before its bundle (`EngineOptions.preload`): nothing of the
 * product knows of it. It stands around every call that the bundle makes, and there, at a named point,
 * ends the thread as a crash would, freezes it, loses the answer, or throws what no code foresees. So every place between two awaits
 * at which something outside has or has not changed is a place to die at.
 */
import { appendFileSync } from 'node:fs'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import { syncBuiltinESMExports } from 'node:module'
import { threadId } from 'node:worker_threads'
import type { HookRecord, Rates } from './hook-settings.ts'
import { type Call, readCall } from './points.ts'
import { createRandom } from './random.ts'

const {
  CHAOS_SEED = '',
  CHAOS_RECORD = '',
  CHAOS_RATES = '{}',
  CHAOS_FREEZE_MS = '0',
} = process.env
const name = process.env.AWS_LAMBDA_FUNCTION_NAME ?? ''
const allRates: Record<string, Rates> = JSON.parse(CHAOS_RATES)
/** The most exact of those that name this function, and perhaps the beginning of a point. */
const ratesAt = (point: string): Rates => {
  const fitting = Object.keys(allRates).filter((key) => `${name} ${point}`.startsWith(key))
  return allRates[fitting.sort((a, b) => b.length - a.length)[0] ?? ''] ?? {}
}
const random = createRandom(`${CHAOS_SEED} ${name} ${threadId}`)

/** The run that this thread was last about. */
let run: string | undefined

const record = (entry: HookRecord): void => {
  appendFileSync(CHAOS_RECORD, `${JSON.stringify(entry)}\n`)
}

type Fault =
  | 'kill-before'
  | 'kill-after'
  | 'lost-answer'
  | 'mistake-before'
  | 'mistake-after'
  | 'freeze'
const faults: Record<string, Fault> = {
  killBefore: 'kill-before',
  killAfter: 'kill-after',
  loseAnswer: 'lost-answer',
  mistakeBefore: 'mistake-before',
  mistakeAfter: 'mistake-after',
  freeze: 'freeze',
}

/** Most calls write one more event of a stream; they get a share of what the rarer ones get. */
const shareOf = (point: string): number =>
  /^sockets|\((EVENT|CONNECTION)\)$|:extend|Heartbeat/.test(point) ? 0.15 : 1

const choose = (point: string): Fault | undefined => {
  const rates = ratesAt(point)
  let drawn = random.next() / shareOf(point)
  for (const [kind, fault] of Object.entries(faults)) {
    const rate = rates[kind as keyof Rates] ?? 0
    if (drawn < rate) {
      record({ record: 'fault', at: Date.now(), name, fault, point, run })
      return fault
    }
    drawn -= rate
  }
  return undefined
}

/** To the engine this thread is gone, like a sandbox that lost its machine. */
const die = (): never => process.exit(137)

/** What a programmer's mistake throws: no SDK takes it for a broken connection. */
const mistake = (): TypeError =>
  new TypeError("Cannot read properties of undefined (reading 'chaos')")

const freeze = (): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Number(CHAOS_FREEZE_MS))
}

const answered = (call: Call, status: number | undefined): void => {
  if (status !== 200) return
  for (const act of call.acts) record({ record: 'act', at: Date.now(), name, ...act })
}

const aroundAnswer = (request: ClientRequest, call: Call, fault: Fault | undefined): void => {
  const emit = request.emit.bind(request)
  request.emit = (event: string | symbol, ...details: unknown[]): boolean => {
    if (event !== 'response') return emit(event, ...details)
    const [response] = details as [IncomingMessage]
    answered(call, response.statusCode)
    if (fault === 'kill-after') die()
    if (fault !== 'lost-answer' && fault !== 'mistake-after') return emit(event, ...details)
    const broken = Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' })
    const lost = emit('error', fault === 'lost-answer' ? broken : mistake())
    request.destroy()
    return lost
  }
}

/** The text model is the one service that is asked with a key of its own. */
const isTextModel = (request: ClientRequest): boolean =>
  request.path.endsWith('/responses') && request.getHeader('authorization') !== undefined

/** The SDK hands over a request's body, if any, in one piece when it ends the request. */
const watched = (request: ClientRequest): ClientRequest => {
  const end = request.end.bind(request) as (...given: unknown[]) => ClientRequest
  const around = (...given: unknown[]): ClientRequest => {
    const [body] = given
    if (isTextModel(request)) {
      const fault = choose('model.responses')
      if (fault === 'kill-before') die()
      if (fault === 'freeze') freeze()
      if (fault === 'mistake-before' || fault === 'mistake-after') return request.destroy(mistake())
      // Its answer streams, so that a worker can also die in the middle of it.
      const dies = fault === 'kill-after' || fault === 'lost-answer'
      if (dies) request.once('response', () => setTimeout(die, random.between(0, 120)))
      return end(...given)
    }
    const text = typeof body === 'string' || body instanceof Uint8Array ? Buffer.from(body) : ''
    const target = request.getHeader('x-amz-target')
    const call = readCall(target?.toString(), request, text.toString())
    run = call.run ?? run
    const fault = choose(call.point)
    if (fault === 'kill-before') die()
    if (fault === 'freeze') freeze()
    if (fault === 'mistake-before') return request.destroy(mistake())
    aroundAnswer(request, call, fault)
    return end(...given)
  }
  return Object.assign(request, { end: around })
}

const request = http.request as (...given: unknown[]) => ClientRequest
Object.assign(http, { request: (...given: unknown[]) => watched(request(...given)) })
syncBuiltinESMExports()

const fetchOriginally = globalThis.fetch
/** `model.generations` of pictures, `model.speech`. */
const modelPoint = (input: Parameters<typeof fetch>[0]): string => {
  const { pathname } = new URL(input instanceof Request ? input.url : String(input))
  return `model.${pathname.split('/').at(-1)}`
}

/** What else is asked of the model's server. */
globalThis.fetch = async (...given) => {
  const fault = choose(modelPoint(given[0]))
  if (fault === 'kill-before') die()
  if (fault === 'freeze') freeze()
  if (fault === 'mistake-before' || fault === 'mistake-after') throw mistake()
  const response = await fetchOriginally(...given)
  if (fault === 'kill-after' || fault === 'lost-answer') setTimeout(die, random.between(0, 120))
  return response
}
