import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What becomes of a call that goes through a gate. */
export type Passage =
  | { does: 'pass' }
  | { does: 'delay'; ms: number }
  | { does: 'refuse'; error: string; status: number }
  | { does: 'answer'; body: unknown }

export interface Gate {
  url: string
  /** Where calls go on to; known when the engine runs. */
  leadTo(endpoint: string): void
  /** How calls fare from now on, by their operation (`StartExecution`, `GET /v1/models`); all pass when not given. */
  treat(by?: (operation: string) => Passage): void
  stop(): Promise<void>
}

const pass: Passage = { does: 'pass' }

const forward = (
  target: URL,
  call: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
): void => {
  const path = `${target.pathname.replace(/\/$/, '')}${call.url ?? '/'}`
  const onward = request(
    { host: target.hostname, port: target.port, path, method: call.method, headers: call.headers },
    (response) => {
      answer.writeHead(response.statusCode ?? 502, response.headers)
      response.pipe(answer)
    },
  )
  onward.on('error', () => answer.destroy())
  // A caller that gives up does so all the way.
  answer.on('close', () => onward.destroy())
  onward.end(body)
}

const say = (answer: ServerResponse, status: number, body: unknown): void => {
  answer.writeHead(status, { 'content-type': 'application/json' })
  answer.end(JSON.stringify(body))
}

/** `StartExecution` of AWS's JSON protocol, `GET /v1/models` of others. */
const operationOf = ({ headers, method, url }: IncomingMessage): string => {
  const target = headers['x-amz-target']
  return typeof target === 'string' ? (target.split('.').at(-1) ?? '') : `${method} ${url}`
}

/** Stands between the functions and a service, at its protocol: one of AWS that speaks JSON, or the model. */
export const startGate = async (): Promise<Gate> => {
  let target: URL | undefined
  let treatment: (operation: string) => Passage = () => pass
  const serve = async (call: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const body = await buffer(call)
    const passage = treatment(operationOf(call))
    const to = target
    if (passage.does === 'answer') say(answer, 200, passage.body)
    else if (passage.does === 'refuse') {
      say(answer, passage.status, { __type: passage.error, message: 'The drill refuses this.' })
    } else if (!to) say(answer, 503, { __type: 'NotReady' })
    else if (passage.does === 'delay') setTimeout(() => forward(to, call, body, answer), passage.ms)
    else forward(to, call, body, answer)
  }
  const server = createServer((call, answer) => {
    serve(call, answer).catch(() => answer.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (endpoint) => {
      target = new URL(endpoint)
    },
    treat: (by = () => pass) => {
      treatment = by
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
