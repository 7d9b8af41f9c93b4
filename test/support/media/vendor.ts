import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

/** How the scripted vendor answers one request. */
export type VendorAnswer =
  | 'ok'
  | 'hang'
  | 'refuse'
  | 'error'
  | 'empty'
  | 'one byte'
  | 'other format'
  /** Of a film: it is still being made. */
  | 'later'
  | Promise<unknown>

export interface VendorCall {
  /** `/image`, `/speech`, `/film`, `/film/<job>`, or `/render` of a maker at its own work. */
  path: string
  key: string | undefined
  body: string
}

export interface MediaVendor {
  url: string
  calls: VendorCall[]
  /** Keys that were charged, as a vendor does that knows idempotency. */
  charged(): string[]
  /** Answers of the next requests of a path; then `ok` again. A promise holds its request until it resolves. */
  script(path: string, ...answers: VendorAnswer[]): void
  reset(): void
  stop(): Promise<void>
}

const png = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(200, 7),
])
const mp3 = Buffer.concat([Buffer.from('ID3'), Buffer.alloc(300, 1)])
const mp4 = Buffer.concat([Buffer.alloc(4), Buffer.from('ftypisom'), Buffer.alloc(500, 2)])

const fileOf = (path: string): Buffer =>
  path.startsWith('/image') ? png : path.startsWith('/speech') ? mp3 : mp4

const broken: Partial<Record<string, Buffer>> = {
  empty: Buffer.alloc(0),
  'one byte': Buffer.from([1]),
  'other format': Buffer.from('<html><body>This is no picture at all.</body></html>'),
}

const send = (answer: ServerResponse, status: number, body: Buffer | string): void => {
  answer.writeHead(status)
  answer.end(body)
}

/** Sells pictures, sounds and films, and does as it is told. */
export const startMediaVendor = async (): Promise<MediaVendor> => {
  const calls: VendorCall[] = []
  const scripts = new Map<string, VendorAnswer[]>()
  let films = 0
  const serve = async (request: IncomingMessage, answer: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    const key = request.headers['idempotency-key']
    calls.push({ path, key: typeof key === 'string' ? key : undefined, body: await text(request) })
    const kind = path.startsWith('/film/') ? '/film/' : path
    const scripted = scripts.get(kind)?.shift() ?? 'ok'
    if (scripted === 'hang') return
    if (scripted instanceof Promise) await scripted
    if (scripted === 'refuse') return send(answer, 400, 'moderation_blocked')
    if (scripted === 'error') return send(answer, 503, 'The pictures are out.')
    if (scripted === 'later') return send(answer, 202, '')
    const wrong = typeof scripted === 'string' ? broken[scripted] : undefined
    if (wrong) return send(answer, 200, wrong)
    if (path === '/film') {
      films += 1
      return send(answer, 200, `film_${films}`)
    }
    send(answer, 200, path === '/render' ? '' : fileOf(path))
  }
  const server = createServer((request, answer) => void serve(request, answer))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    charged: () => [...new Set(calls.flatMap(({ key }) => (key === undefined ? [] : [key])))],
    script: (path, ...answers) => scripts.set(path, [...(scripts.get(path) ?? []), ...answers]),
    reset() {
      calls.length = 0
      scripts.clear()
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
