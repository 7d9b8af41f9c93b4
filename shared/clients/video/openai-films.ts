import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { modelSettingNames as names } from '../../platform/environment-names.ts'
import type { VideoSettings } from '../../platform/video-settings.ts'
import { snapFilm } from '../../rules/films/film-offers.ts'
import { boundedBody } from '../bounded-body.ts'
import { connectionCode } from '../failure-codes.ts'
import { openaiBaseUrl } from '../openai/base-url.ts'
import { readRefusal } from '../openai/errors.ts'
import { parsedJson } from '../openai/loose-json.ts'
import { asClip, brokenFilm, filmFailure, refusedFilm, saysRefused } from './film-failure.ts'
import { type FilmOrder, type FilmProgress, type FilmVendor, maxClipBytes } from './film-vendor.ts'
import { videoApiKey } from './video-key.ts'

/** Of a server's answer about a job, what is read here: names and numbers come as texts, too. */
const Job = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  status: z.string().nullish(),
  progress: z.coerce.number().nullish().catch(null),
  error: z
    .union([z.string(), z.object({ code: z.string().nullish(), message: z.string().nullish() })])
    .nullish()
    .catch(null),
})
type Job = z.infer<typeof Job>

/** Jobs of the project, the newest first: https://developers.openai.com/api/reference/resources/videos/methods/list. */
const Jobs = z.object({
  data: z.array(
    z.looseObject({
      id: z.string().min(1),
      status: z.string().nullish(),
      /** Unix seconds. */
      created_at: z.number(),
      prompt: z.string().nullish(),
      seconds: z.union([z.string(), z.number()]).transform(String).nullish(),
      size: z.string().nullish(),
    }),
  ),
})

const maxAnswerBytes = 256 * 1024
const maxListBytes = 4 * 1024 * 1024
/** Milliseconds by which the clocks of a server and of ours may differ. */
const clockSkew = 15_000
/** What servers without a list of their jobs answer. */
const unlistedStatuses = new Set([404, 405, 501])

const done = new Set(['completed', 'complete', 'succeeded', 'success', 'done', 'finished'])
const failed = new Set(['failed', 'error', 'cancelled', 'canceled', 'expired', 'rejected'])

const formOf = (model: string, order: FilmOrder): FormData => {
  const form = new FormData()
  form.set('model', model)
  form.set('prompt', order.prompt)
  form.set('seconds', String(order.seconds))
  form.set('size', `${order.width}x${order.height}`)
  if (order.reference) {
    const { bytes, contentType } = order.reference
    // Servers tell the format by the file name's extension.
    const name = contentType === 'image/png' ? 'first.png' : 'first.jpg'
    form.set('input_reference', new File([new Uint8Array(bytes)], name, { type: contentType }))
  }
  return form
}

const progressOf = ({ status, progress, error }: Job): FilmProgress => {
  const state = status?.toLowerCase() ?? ''
  if (done.has(state)) return { state: 'done' }
  if (!failed.has(state)) {
    const percent = progress ?? null
    return {
      state: 'working',
      share: percent === null ? null : Math.min(1, Math.max(0, percent / 100)),
    }
  }
  const { code, message } =
    typeof error === 'string' ? { code: null, message: error } : (error ?? {})
  if (saysRefused(code, message)) {
    const short = code && /^[\w.-]{1,60}$/.test(code) ? code : null
    throw refusedFilm({
      service: 'The server of films',
      status: 200,
      code: short,
      message: null,
      request_id: null,
    })
  }
  throw brokenFilm(`could not make the film (${state})`, { message: message ?? code ?? null })
}

/** Calls of one server. */
const callsTo = (base: string, isModelServer: boolean) => {
  /** The key is read for each call; redirects are followed for clips alone, and without it. */
  const call = async <T>(
    path: string,
    init: RequestInit,
    { signal, private_ = [] }: { signal: AbortSignal; private_?: string[] },
    read: (response: Response) => Promise<T>,
  ): Promise<T> => {
    const key = await videoApiKey({ isModelServer })
    try {
      const response = await fetch(`${base}${path}`, {
        ...init,
        headers: { ...init.headers, authorization: `Bearer ${key}` },
        redirect: init.redirect ?? 'manual',
        signal,
      })
      if (response.ok) return await read(response)
      const variable = path === '/videos' ? names.videoModel : null
      throw filmFailure(await readRefusal(response), [key, ...private_], variable)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof StudioError) throw error
      throw new StudioError('UPSTREAM_ERROR', 'The server of films could not be reached.', {
        cause: new Error(connectionCode(error) ?? 'no code'),
        unanswered: true,
      })
    }
  }
  return call
}
type Calls = ReturnType<typeof callsTo>

const jobIn = async (response: Response): Promise<Job> => {
  const body = await boundedBody(response, maxAnswerBytes)
  const job = Job.safeParse(parsedJson(Buffer.from(body ?? []).toString('utf8')))
  if (!job.success) throw brokenFilm('answered without the name of a job')
  return job.data
}

/** None of a server that lists no jobs. */
const listed = async (call: Calls, signal: AbortSignal): Promise<z.infer<typeof Jobs>['data']> => {
  try {
    return await call('/videos?limit=100&order=desc', {}, { signal }, async (response) => {
      const body = await boundedBody(response, maxListBytes)
      const jobs = Jobs.safeParse(parsedJson(Buffer.from(body ?? []).toString('utf8')))
      return jobs.success ? jobs.data.data : []
    })
  } catch (error) {
    const status = error instanceof StudioError ? error.vendor?.status : undefined
    if (unlistedStatuses.has(status ?? 0)) return []
    throw error
  }
}

/** Whether a job is that of this order, which was begun at `since` or later and may yet come to something. */
const isOf =
  ({ prompt, seconds, width, height }: FilmOrder, since: number) =>
  (job: z.infer<typeof Jobs>['data'][number]): boolean =>
    job.prompt === prompt &&
    job.created_at * 1000 >= since - clockSkew &&
    !failed.has(job.status?.toLowerCase() ?? '') &&
    (job.seconds ?? String(seconds)) === String(seconds) &&
    (job.size ?? `${width}x${height}`) === `${width}x${height}`

/** Any server with OpenAI's `/videos`, called with plain `fetch` as in the speaker. */
export const openaiFilms = ({
  model,
  baseUrl,
  provider,
  isModelServer,
}: VideoSettings): FilmVendor => {
  const base = baseUrl ?? openaiBaseUrl
  const call = callsTo(base, isModelServer)
  return {
    provider,
    model,
    server: baseUrl ?? 'openai',
    snap: (wish) => snapFilm(model, wish),
    async start(order, { idempotencyKey }, signal) {
      const init = {
        method: 'POST',
        headers: { 'idempotency-key': idempotencyKey },
        body: formOf(model, order),
      }
      const job = await call('/videos', init, { signal, private_: [order.prompt] }, jobIn)
      // A refusal may come at once.
      progressOf(job)
      return job.id
    },
    async find(order, since, signal) {
      return (await listed(call, signal)).find(isOf(order, since))?.id ?? null
    },
    async look({ name }, signal) {
      return progressOf(await call(`/videos/${encodeURIComponent(name)}`, {}, { signal }, jobIn))
    },
    fetch({ name }, signal) {
      const path = `/videos/${encodeURIComponent(name)}/content`
      return call(path, { redirect: 'follow' }, { signal }, async (response) =>
        asClip(await boundedBody(response, maxClipBytes)),
      )
    },
  }
}
