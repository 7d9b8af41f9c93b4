import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createPromptScripts } from './prompt-scripts.ts'

/** What becomes of a job: the states that are told in turn, and the clip. */
export interface FilmScript {
  /** Answered to the request that starts it, instead of a job; `lost` starts it and breaks the connection. */
  refusal?: { status: number; body: object; headers?: Record<string, string> } | 'hangs' | 'lost'
  /** The answers to looks, in order; the last one stays. With another status than 200 under `http`. */
  looks?: (Record<string, unknown> | 'hangs')[]
  /** How its content is answered, time after time; the last one stays. */
  content?: FilmContent | FilmContent[]
}

type FilmContent =
  | { status?: number; type?: string; bytes: Uint8Array; headers?: Record<string, string> }
  /** A link to somewhere else, which has expired. */
  | 'expired link'
  | 'hangs'
  | 'clip'

const expired =
  '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>'

export interface FilmServer {
  url: string
  /** The next job; the next whose prompt contains `about` where that is given. */
  script(script: FilmScript, about?: string): void
  /** The prompts of all requests to start a job, also of those that were refused. */
  starts: string[]
  /** Whether it knows idempotency keys, and whether it lists its jobs; it does both at first. */
  knows: { keys: boolean; list: boolean | 'fails' }
  /** Jobs that were started, each of them charged. */
  jobs(): number
  /** Requests that started a job, by their keys: each key is charged once. */
  charges: Map<string, Charge>
  /** Forgets what was scripted, started and charged. */
  reset(): void
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

const refuse = (
  response: ServerResponse,
  { status, body, headers = {} }: Exclude<FilmScript['refusal'], string | undefined>,
): void => {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
  json(response, status, body)
}

const listen = async (server: Server): Promise<Pick<FilmServer, 'url' | 'stop'>> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/v1`,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

interface Charge {
  fields: Record<string, string>
  /** Bytes of the picture that it begins with. */
  reference: number
}

const chargeOf = (form: FormData): Charge => {
  const texts = [...form.entries()].filter(([, value]) => typeof value === 'string')
  const reference = form.get('input_reference')
  return {
    fields: Object.fromEntries(texts) as Record<string, string>,
    reference: reference instanceof File ? reference.size : 0,
  }
}

interface Job {
  script: FilmScript
  looked: number
  fetched: number
  facts: object
}

const look = (id: string, job: Job, response: ServerResponse): void => {
  const looks = job.script.looks ?? [
    { status: 'in_progress', progress: 40 },
    { status: 'completed' },
  ]
  const told = looks[Math.min(job.looked, looks.length - 1)]
  job.looked += 1
  if (told === 'hangs') return
  const { http, ...fields }: Record<string, unknown> = { ...told }
  if (typeof http === 'number') json(response, http, fields)
  else json(response, 200, { id, ...fields })
}

const content = (job: Job, clip: Uint8Array, response: ServerResponse): void => {
  const all = [job.script.content ?? 'clip'].flat()
  const coming = all[Math.min(job.fetched, all.length - 1)] ?? 'clip'
  job.fetched += 1
  if (coming === 'hangs') return
  if (coming === 'expired link') {
    response.writeHead(302, { location: '/expired' }).end()
    return
  }
  const made = coming === 'clip' ? { bytes: clip } : coming
  const { status = 200, type = 'video/mp4', bytes, headers } = made
  response.writeHead(status, { 'content-type': type, ...headers }).end(bytes)
}

const list = (
  jobs: ReadonlyMap<string, Job>,
  known: FilmServer['knows']['list'],
  response: ServerResponse,
): void => {
  const all = [...jobs.values()].map(({ facts }) => ({ status: 'queued', ...facts }))
  if (known === 'fails') json(response, 500, { error: { message: 'The list is broken' } })
  else if (known) json(response, 200, { object: 'list', data: all.reverse() })
  else json(response, 405, { error: { message: 'no list' } })
}

/**
 * A server with OpenAI's `/videos`, whose jobs follow scripts; it knows idempotency keys, as the protocol has it.
 * @param clip what it makes, or how that is made when it is first asked for
 */
export const startFilmServer = async (
  clip: Uint8Array | (() => Promise<Uint8Array>),
): Promise<FilmServer> => {
  const charges: FilmServer['charges'] = new Map()
  const keys = new Map<string, string>()
  const jobs = new Map<string, Job>()
  const next = createPromptScripts<FilmScript>()
  const starts: string[] = []
  const knows: FilmServer['knows'] = { keys: true, list: true }

  const start = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const form = await formOf(request)
    const key = String(request.headers['idempotency-key'])
    const prompt = String(form.get('prompt'))
    starts.push(prompt)
    const known = knows.keys ? keys.get(key) : undefined
    if (known !== undefined) return json(response, 200, { id: known, status: 'queued' })
    const script = next.take(prompt) ?? {}
    if (script.refusal === 'hangs') return
    if (script.refusal && script.refusal !== 'lost') return refuse(response, script.refusal)
    const charge = chargeOf(form)
    charges.set(key, charge)
    const id = `video_${jobs.size + 1}`
    keys.set(key, id)
    const facts = { ...charge.fields, id, created_at: Math.floor(Date.now() / 1000) }
    jobs.set(id, { script, looked: 0, fetched: 0, facts })
    if (script.refusal === 'lost') response.destroy()
    else json(response, 200, { id, status: 'queued', progress: 0 })
  }

  const send = async (job: Job, response: ServerResponse): Promise<void> =>
    content(job, typeof clip === 'function' ? await clip() : clip, response)

  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/\?.*$/, '')
    const [, id, part] = /^\/v1\/videos(?:\/([^/]+))?(?:\/(\w+))?$/.exec(path) ?? []
    const job = id === undefined ? undefined : jobs.get(id)
    if (request.url === '/expired') {
      response.writeHead(403, { 'content-type': 'application/xml' }).end(expired)
    } else if (request.method === 'POST' && id === undefined) void start(request, response)
    else if (path === '/v1/videos') list(jobs, knows.list, response)
    else if (id === undefined || job === undefined)
      json(response, 404, { error: { message: 'no such job' } })
    else if (part === 'content') void send(job, response)
    else look(id, job, response)
  })
  return {
    ...(await listen(server)),
    charges,
    knows,
    jobs: () => jobs.size,
    starts,
    script: (script, about = '') => next.add(about, script),
    reset() {
      next.clear()
      starts.length = 0
      jobs.clear()
      keys.clear()
      charges.clear()
      Object.assign(knows, { keys: true, list: true })
    },
  }
}
