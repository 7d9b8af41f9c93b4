/**
 * The scripted model as a child process. The parent sends the answers by asker; the process reports
 * its address and then each call once it is answered. Calls may overlap.
 */
import { subscribe } from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import type { Answer } from '../test/support/model-server/answers.ts'
import {
  type Asker,
  type RequestBody,
  startModelServer,
} from '../test/support/model-server/model-server.ts'
import { now } from './clock.ts'

export type ModelAnswers = Partial<Record<Asker, Answer>>

/** One call of the model; times in milliseconds since the epoch. */
export interface ModelMark {
  /** Of the creatives with its part: `creative_film`. */
  asker: string
  /** The request's head was read. */
  receivedAt: number
  /** Of a strategy: its positioning was written, from which the creatives can be. */
  positionedAt?: number
  /** The answer's last byte was handed to the socket. */
  completedAt: number
}

/** The requests that were answered so far, the latest of each asker. */
export type ModelRequests = Record<string, RequestBody>

export type ToModel = { answers: ModelAnswers } | { requests: true } | { used: true }
export type FromModel =
  | { url: string }
  | { set: true }
  | { mark: ModelMark }
  | { requests: ModelRequests }
  /** Microseconds of processor time so far. */
  | { used: number }

const send = (message: FromModel): void => void process.send?.(message)

const server = await startModelServer()
let scripted: ModelAnswers = {}
const latest: ModelRequests = {}
/** By the caller's port: a connection has one call at a time. */
const askers = new Map<number, string>()
/** When the positioning of a strategy was written, by the caller's port. */
const positioned = new Map<number, number>()
const received = new WeakMap<object, { at: number; port: number | undefined }>()

/** The answer of a strategy, noting when it comes to its plan. */
const noting = (answer: Answer, port: number): Answer => {
  if (answer.kind !== 'stream') return answer
  const plan = answer.chunks.join('').indexOf('"weekly_plan"')
  let sent = 0
  return {
    ...answer,
    onDelta(number) {
      const before = sent
      sent += answer.chunks[number]?.length ?? 0
      if (before <= plan && plan < sent) positioned.set(port, now())
    },
  }
}

server.respond(({ asker, part, body, port }) => {
  const name = part === undefined ? asker : `${asker}_${part}`
  if (port !== undefined) askers.set(port, name)
  latest[name] = body
  const answer = scripted[asker]
  if (!answer) throw new Error(`The benchmark has no answer for ${asker}.`)
  return asker === 'strategy' && port !== undefined ? noting(answer, port) : answer
})
subscribe('http.server.request.start', (message) => {
  const { request } = message as { request: IncomingMessage }
  received.set(request, { at: now(), port: request.socket.remotePort })
})
subscribe('http.server.response.finish', (message) => {
  const { request } = message as { request: IncomingMessage }
  const { at, port } = received.get(request) ?? {}
  const asker = port === undefined ? undefined : askers.get(port)
  if (at === undefined || port === undefined || asker === undefined) return
  askers.delete(port)
  const positionedAt = positioned.get(port)
  positioned.delete(port)
  send({
    mark: {
      asker,
      receivedAt: at,
      completedAt: now(),
      ...(positionedAt !== undefined && { positionedAt }),
    },
  })
})
process.on('message', (message: ToModel) => {
  if ('requests' in message) return send({ requests: latest })
  if ('used' in message) {
    const { user, system } = process.cpuUsage()
    return send({ used: user + system })
  }
  scripted = message.answers
  send({ set: true })
})
process.on('disconnect', () => process.exit(0))
send({ url: server.url })
