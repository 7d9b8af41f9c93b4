import { StudioError } from '../../contracts/errors.ts'
import { modelSettingNames as names } from '../../platform/environment-names.ts'
import { boundedBody } from '../bounded-body.ts'
import { connectionCode } from '../failure-codes.ts'
import { readRefusal } from '../openai/errors.ts'
import { reportOf } from '../openai/failure-in-stream.ts'
import { fieldsOf, parsedJson } from '../openai/loose-json.ts'
import { filmFailure } from './film-failure.ts'
import { videoApiKey } from './video-key.ts'

/** What servers call a job that comes to nothing. */
export const failedStates: ReadonlySet<string> = new Set([
  'failed',
  'error',
  'cancelled',
  'canceled',
  'expired',
  'rejected',
])

/** An error that came as JSON with a success; undefined when it is none. */
export const errorIn = (json: unknown, private_: readonly string[]): StudioError | undefined => {
  const { error, detail } = fieldsOf(json)
  return error || detail
    ? filmFailure(reportOf(json, { inStream: true }), private_, null)
    : undefined
}

/** The JSON of an answer; undefined when it is none, or longer than `limit` bytes. */
export const jsonIn = async (response: Response, limit: number): Promise<unknown> => {
  const body = await boundedBody(response, limit)
  return parsedJson(Buffer.from(body ?? []).toString('utf8'))
}

/** Statuses of a link that is of no use any more. */
const gone = new Set([401, 403, 404, 410])

/** The link that a server redirects to is of no use any more. */
export class LinkGone extends Error {
  readonly status: number

  constructor(status: number) {
    super(`HTTP ${status}`)
    this.status = status
  }
}

/** A server with OpenAI's `/videos`. */
export interface FilmServer {
  base: string
  isModelServer: boolean
}

/** The key is read for each call; redirects are followed for clips alone, and without it. */
export const callServer = async <T>(
  { base, isModelServer }: FilmServer,
  { path, prompt, ...init }: RequestInit & { path: string; prompt: string; signal: AbortSignal },
  read: (response: Response, private_: readonly string[]) => Promise<T>,
): Promise<T> => {
  const key = await videoApiKey({ isModelServer })
  const private_ = [key, prompt]
  try {
    const response = await fetch(`${base}${path}`, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${key}` },
    })
    if (response.ok) return await read(response, private_)
    // A link's own refusal says nothing of the server's key.
    if (response.redirected && gone.has(response.status)) {
      await response.body?.cancel()
      throw new LinkGone(response.status)
    }
    const variable = path === '/videos' ? names.videoModel : null
    throw filmFailure(await readRefusal(response), private_, variable)
  } catch (error) {
    init.signal.throwIfAborted()
    if (error instanceof StudioError || error instanceof LinkGone) throw error
    throw new StudioError('UPSTREAM_ERROR', 'The server of films could not be reached.', {
      cause: new Error(connectionCode(error) ?? 'no code'),
      unanswered: true,
    })
  }
}
