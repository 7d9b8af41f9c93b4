import * as z from 'zod'
import type { VideoSettings } from '../../platform/video-settings.ts'
import { snapFilm } from '../../rules/films/film-offers.ts'
import { boundedBody } from '../bounded-body.ts'
import { openaiBaseUrl } from '../openai/base-url.ts'
import { parsedJson } from '../openai/loose-json.ts'
import { asClip, brokenFilm, refusedFilm, saidOfJob, saysRefused } from './film-failure.ts'
import {
  type FilmJob,
  type FilmOrder,
  type FilmProgress,
  type FilmVendor,
  maxClipBytes,
} from './film-vendor.ts'
import {
  callServer,
  errorIn,
  type FilmServer,
  failedStates,
  jsonIn,
  LinkGone,
} from './openai-film-calls.ts'
import { findInList } from './openai-film-list.ts'

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

const maxAnswerBytes = 256 * 1024

const done = new Set(['completed', 'complete', 'succeeded', 'success', 'done', 'finished'])

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

const progressOf = ({ status, progress, error }: Job, prompt: string): FilmProgress => {
  const state = status?.toLowerCase() ?? ''
  if (done.has(state)) return { state: 'done' }
  // Some servers tell of a failure by the error alone.
  const hasFailed = failedStates.has(state) || (state === '' && Boolean(error))
  if (!hasFailed) {
    const percent = progress ?? null
    return {
      state: 'working',
      share: percent === null ? null : Math.min(1, Math.max(0, percent / 100)),
    }
  }
  const { code, message } =
    typeof error === 'string' ? { code: null, message: error } : (error ?? {})
  const said = { code: code ?? null, message: message ?? code ?? null }
  if (saysRefused(code, message)) {
    throw refusedFilm(saidOfJob('The server of films', said, [prompt]))
  }
  throw brokenFilm(`could not make the film (${state || 'no status'})`, {
    message: said.message,
    private_: [prompt],
  })
}

const jobIn = async (response: Response, private_: readonly string[]): Promise<Job> => {
  const json = await jsonIn(response, maxAnswerBytes)
  const job = Job.safeParse(json)
  if (job.success) return job.data
  throw errorIn(json, private_) ?? brokenFilm('answered without the name of a job')
}

const clipIn = async (response: Response, private_: readonly string[]): Promise<Uint8Array> => {
  const bytes = await boundedBody(response, maxClipBytes)
  if (bytes !== undefined && bytes.length <= maxAnswerBytes && bytes[0] === 0x7b) {
    const failure = errorIn(parsedJson(Buffer.from(bytes).toString('utf8')), private_)
    if (failure) throw failure
  }
  return asClip(bytes)
}

const pathOf = ({ name }: Pick<FilmJob, 'name'>): string => `/videos/${encodeURIComponent(name)}`

/** Asks for the clip; a link that has expired is asked for anew once. */
const fetchClip = async (
  server: FilmServer,
  job: FilmJob,
  signal: AbortSignal,
  tries = 2,
): Promise<Uint8Array> => {
  const { prompt } = job
  const path = `${pathOf(job)}/content`
  try {
    return await callServer(server, { path, prompt, redirect: 'follow', signal }, clipIn)
  } catch (error) {
    if (!(error instanceof LinkGone)) throw error
    if (tries > 1) return fetchClip(server, job, signal, tries - 1)
    throw brokenFilm(`named a clip whose link answers HTTP ${error.status}; it may have expired`)
  }
}

/** Any server with OpenAI's `/videos`, called with plain `fetch` as in the speaker. */
export const openaiFilms = ({
  model,
  baseUrl,
  provider,
  isModelServer,
}: VideoSettings): FilmVendor => {
  const server: FilmServer = { base: baseUrl ?? openaiBaseUrl, isModelServer }
  return {
    provider,
    model,
    server: baseUrl ?? 'openai',
    snap: (wish) => snapFilm(model, wish),
    async start(order, { idempotencyKey }, signal) {
      const { prompt } = order
      const init = {
        ...{ path: '/videos', prompt, signal, method: 'POST' },
        headers: { 'idempotency-key': idempotencyKey },
        body: formOf(model, order),
      }
      const job = await callServer(server, init, jobIn)
      // A refusal may come at once.
      progressOf(job, prompt)
      return job.id
    },
    find: (order, since, signal) => findInList(server, order, since, signal),
    async look(job, signal) {
      const { prompt } = job
      return progressOf(
        await callServer(server, { path: pathOf(job), prompt, signal }, jobIn),
        prompt,
      )
    },
    fetch: (job, signal) => fetchClip(server, job, signal),
  }
}
