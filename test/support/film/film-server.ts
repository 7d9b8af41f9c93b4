import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What becomes of a job: the states that are told in turn, and the clip. */
export interface FilmScript {
  /** Answered to the request that starts it, instead of a job. */
  refusal?: { status: number; body: object }
  /** The answers to looks, in order; the last one stays. */
  looks?: object[]
  /** How its content is answered. */
  content?: { status?: number; type?: string; bytes: Uint8Array } | 'hangs'
}

export interface FilmServer {
  url: string
  /** The next job. */
  script(script: FilmScript): void
  /** Whether it knows idempotency keys, and whether it lists its jobs; it does both at first. */
  knows: { keys: boolean; list: boolean }
  /** Jobs that were started, each of them charged. */
  jobs(): number
  /** Requests that started a job, by their keys: each key is charged once. */
  charges: Map<string, { fields: Record<string, string>; reference: number }>
  stop(): Promise<void>
}

const json = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const formOf = async (request: IncomingMessage) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  const type = request.headers['content-type'] ?? ''
  return new Response(Buffer.concat(pieces), { headers: { 'content-type': type } }).formData()
}

interface Job {
  script: FilmScript
  looked: number
  facts: object
}

const list = (jobs: ReadonlyMap<string, Job> | undefined, response: ServerResponse): void => {
  const all = [...(jobs?.values() ?? [])].map(({ facts }) => ({ status: 'queued', ...facts }))
  if (jobs) json(response, 200, { object: 'list', data: all.reverse() })
  else json(response, 405, { error: { message: 'no list' } })
}

/** A server with OpenAI's `/videos`, whose jobs follow scripts; it knows idempotency keys, as the protocol has it. */
export const startFilmServer = async (clip: Uint8Array): Promise<FilmServer> => {
  const charges: FilmServer['charges'] = new Map()
  const keys = new Map<string, string>()
  const jobs = new Map<string, Job>()
  const next: FilmScript[] = []
  const knows = { keys: true, list: true }

  const start = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = await formOf(request)
    const key = String(request.headers['idempotency-key'])
    const known = knows.keys ? keys.get(key) : undefined
    if (known !== undefined) return json(response, 200, { id: known, status: 'queued' })
    const script = next.shift() ?? {}
    if (script.refusal) return json(response, script.refusal.status, script.refusal.body)
    const entries = [...form.entries()].filter(([, value]) => typeof value === 'string')
    const reference = form.get('input_reference')
    charges.set(key, {
      fields: Object.fromEntries(entries) as Record<string, string>,
      reference: reference instanceof File ? reference.size : 0,
    })
    const id = `video_${jobs.size + 1}`
    keys.set(key, id)
    const created_at = Math.floor(Date.now() / 1000)
    jobs.set(id, { script, looked: 0, facts: { ...Object.fromEntries(entries), id, created_at } })
    json(response, 200, { id, status: 'queued', progress: 0 })
  }

  const look = (id: string, { script, looked }: Job, response: ServerResponse): void => {
    const looks = script.looks ?? [{ status: 'in_progress', progress: 40 }, { status: 'completed' }]
    const job = jobs.get(id)
    if (job) job.looked += 1
    json(response, 200, { id, ...looks[Math.min(looked, looks.length - 1)] })
  }

  const content = ({ script }: Job, response: ServerResponse): void => {
    if (script.content === 'hangs') return
    const { status = 200, type = 'video/mp4', bytes } = script.content ?? { bytes: clip }
    response.writeHead(status, { 'content-type': type }).end(bytes)
  }

  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '')
    const [, id, part] = /^\/v1\/videos(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? []
    const job = id === undefined ? undefined : jobs.get(id)
    if (request.method === 'POST' && id === undefined) void start(request, response)
    else if (path === '/v1/videos') list(knows.list ? jobs : undefined, response)
    else if (id === undefined || job === undefined)
      json(response, 404, { error: { message: 'no such job' } })
    else if (part === 'content') content(job, response)
    else look(id, job, response)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    charges,
    knows,
    jobs: () => jobs.size,
    script: (script) => next.push(script),
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
