/**
 * Amazon Transcribe and Amazon Polly at their protocols, for the functions of a studio: the SDK's own
 * clients find it by the standard variables. What they are asked is recorded, what they answer is
 * scripted; what was not scripted is refused.
 *
 *   const aws = await startAwsStandIn()
 *   const studio = await startStudio({ ...aws.environment, STT_PROVIDER: 'transcribe' })
 *   aws.attach(studio.engine)                  // its bucket, and its EventBridge
 *
 *   aws.transcribe.script({ transcript: '동백 핸드크림을 팔아요' })
 *   aws.transcribe.script({ transcript: '…', events: 3 })                  // the event three times
 *   aws.transcribe.script({ transcript: '…', events: 0 })                  // no event: only polling finds out
 *   aws.transcribe.script({ transcript: '…', until: promise })             // late: done after that
 *   aws.transcribe.script({ transcript: '…', eventsAfter: promise })       // done now, announced after that
 *   aws.transcribe.script({ failure: 'Unsupported media format.' })        // ends FAILED, and says so
 *   aws.transcribe.script(refusals.throttled, { transcript: '…' })         // one refusal, then a job
 *   aws.transcribe.jobs                        // name, input and the media that was read
 *   await aws.transcribe.settled()             // nothing more comes of the jobs so far
 *
 *   aws.polly.calls                            // what was asked; the answer is as much silence
 *   aws.polly.script(refusals.broken)          // the next call fails
 *
 *   await aws.stop()                           // after the studio
 */
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import {
  createServer as createHttp2Server,
  type Http2Server,
  type ServerHttp2Session,
} from 'node:http2'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import { json } from 'node:stream/consumers'
import type { Engine } from '../../../local/engine.ts'
import { createPolly, type PollyStandIn } from './polly.ts'
import { Refusal, refuse } from './refusals.ts'
import { createTranscribe, type TranscribeStandIn } from './transcribe.ts'

export { refusals } from './refusals.ts'

export interface AwsStandIn {
  /** The variables by which the SDK finds it. */
  environment: Record<string, string>
  /** Where media, transcripts and events are. */
  attach(engine: Pick<Engine, 'endpoints' | 'credentials'>): void
  transcribe: TranscribeStandIn
  polly: PollyStandIn
  stop(): Promise<void>
}

interface Answer {
  status: number
  headers: Record<string, string>
  body: string | Buffer
}

/** The parts of a request and a response that HTTP/1.1 and HTTP/2 have in common. */
interface Exchange {
  request: Readable & { headers: Record<string, string | string[] | undefined> }
  response: {
    writeHead(status: number, headers: Record<string, string>): unknown
    end(body: string | Buffer): unknown
  }
}

const asAnswer = (error: unknown): Answer => {
  const { refused, status, message } =
    error instanceof Refusal ? error.answer : refuse('InternalFailureException', 500, String(error))
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': refused },
    body: JSON.stringify({ __type: refused, message }),
  }
}

/** Answers as `serve` does; its undefined is no answer at all. */
const exchange = async (
  { request, response }: Exchange,
  serve: (input: unknown, target: string) => Promise<Answer | undefined>,
): Promise<void> => {
  const target = String(request.headers['x-amz-target'] ?? '')
  const answer = await json(request)
    .then((input) => serve(input, target))
    .catch(asAnswer)
  if (!answer) return
  response.writeHead(answer.status, answer.headers)
  response.end(answer.body)
}

const listen = async (server: Server | Http2Server): Promise<string> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

export const startAwsStandIn = async (): Promise<AwsStandIn> => {
  let attached: Pick<Engine, 'endpoints' | 'credentials'> | undefined
  const engine = () => {
    if (!attached) throw new Error('The stand-in was not attached to an engine.')
    return attached
  }
  const transcribe = createTranscribe(engine)
  const polly = createPolly()

  const transcribeServer = createServer((request, response) =>
    exchange({ request, response }, async (input, target) => ({
      status: 200,
      headers: { 'content-type': 'application/x-amz-json-1.1' },
      body: JSON.stringify(await transcribe.call(target.replace(/^Transcribe\./, ''), input)),
    })),
  )
  // The SDK's client of Polly speaks HTTP/2, and takes for granted that its server does.
  const pollyServer = createHttp2Server((request, response) =>
    exchange({ request, response }, async (input) => {
      if (request.url !== '/v1/speech') throw new Error(`There is no ${request.url} here.`)
      const answer = await polly.call(input)
      return (
        answer && {
          status: 200,
          headers: { 'content-type': answer.contentType },
          body: answer.bytes,
        }
      )
    }),
  )
  const sessions = new Set<ServerHttp2Session>()
  pollyServer.on('session', (session) => {
    sessions.add(session)
    session.on('close', () => sessions.delete(session))
  })
  return {
    environment: {
      AWS_ENDPOINT_URL_TRANSCRIBE: await listen(transcribeServer),
      AWS_ENDPOINT_URL_POLLY: await listen(pollyServer),
    },
    attach(engine) {
      attached = engine
    },
    transcribe,
    polly,
    async stop() {
      const closed = [transcribeServer, pollyServer].map((server) => once(server, 'close'))
      transcribeServer.close()
      pollyServer.close()
      transcribeServer.closeAllConnections()
      for (const session of sessions) session.destroy()
      await Promise.all(closed)
    },
  }
}
