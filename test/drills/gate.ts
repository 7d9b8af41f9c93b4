import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** What becomes of a call of AWS that goes through a gate. */
export type Passage =
  | { does: 'pass' }
  | { does: 'delay'; ms: number }
  | { does: 'refuse'; error: string; status: number }

export interface Gate {
  url: string
  /** Where calls go on to; known when the engine runs. */
  leadTo(endpoint: string): void
  /** How calls fare from now on, by their operation (`StartExecution`); all pass when not given. */
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
  onward.end(body)
}

/** Stands between the functions and a service of AWS that speaks the JSON protocol, at its protocol. */
export const startGate = async (): Promise<Gate> => {
  let target: URL | undefined
  let treatment: (operation: string) => Passage = () => pass
  const serve = async (call: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const operation =
      String(call.headers['x-amz-target'] ?? '')
        .split('.')
        .at(-1) ?? ''
    const body = await buffer(call)
    const passage = treatment(operation)
    if (passage.does === 'refuse' || !target) {
      const { error, status } =
        passage.does === 'refuse' ? passage : { error: 'NotReady', status: 503 }
      answer.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' })
      answer.end(JSON.stringify({ __type: error, message: 'The drill refuses this call.' }))
      return
    }
    const to = target
    if (passage.does === 'delay') setTimeout(() => forward(to, call, body, answer), passage.ms)
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
