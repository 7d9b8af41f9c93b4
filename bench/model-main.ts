/**
 * The scripted model as a child process. The parent sends the answers by asker; the process reports
 * its address and then each call once it is answered.
 */
import { subscribe } from 'node:diagnostics_channel'
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
  asker: Asker
  body: RequestBody
  /** The request's head was read. */
  receivedAt: number
  /** The answer's last byte was handed to the socket. */
  completedAt: number
}

export type FromModel = { url: string } | { set: true } | { mark: ModelMark }

const send = (message: FromModel): void => void process.send?.(message)

const server = await startModelServer()
let scripted: ModelAnswers = {}
let receivedAt = 0
let call: Pick<ModelMark, 'asker' | 'body'> | undefined
server.respond(({ asker, body }) => {
  call = { asker, body }
  const answer = scripted[asker]
  if (!answer) throw new Error(`The benchmark has no answer for ${asker}.`)
  return answer
})
// The benchmark makes one call of the model at a time, so the latest call is the one that ends.
subscribe('http.server.request.start', () => {
  receivedAt = now()
})
subscribe('http.server.response.finish', () => {
  if (call) send({ mark: { ...call, receivedAt, completedAt: now() } })
  call = undefined
})
process.on('message', (answers: ModelAnswers) => {
  scripted = answers
  send({ set: true })
})
process.on('disconnect', () => process.exit(0))
send({ url: server.url })
