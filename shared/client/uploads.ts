import { throwIfAborted } from './abort.ts'
import { jittered, pause } from './clock.ts'
import type { RouteOf } from './contract.ts'
import type { Http } from './http.ts'
import { asProblem, problemOf } from './problem.ts'

/** Largest file that goes with its turn, in bytes; a larger one is uploaded first. */
export const inlineBytesLimit = 4 * 1024 * 1024

type Recorded = NonNullable<RouteOf<'createVoiceUpload'>['body']>['format']
type Drawn = NonNullable<RouteOf<'createPictureUpload'>['body']>['format']

/** The end of a content type that says another format. */
const otherNames: Record<string, string> = {
  mpeg: 'mp3',
  'x-m4a': 'm4a',
  'x-wav': 'wav',
  wave: 'wav',
  'vnd.wave': 'wav',
  'x-flac': 'flac',
  jpg: 'jpeg',
  heif: 'heic',
}

const subtypeOf = (blob: Blob): string => {
  const subtype = /^[^/]+\/([^;\s]+)/.exec(blob.type.toLowerCase())?.[1] ?? ''
  return otherNames[subtype] ?? subtype
}

/** What a recording is taken for by its content type; the server judges by its bytes. */
export const recordingFormat = (blob: Blob): Recorded => (subtypeOf(blob) || 'webm') as Recorded
export const pictureFormat = (blob: Blob): Drawn => (subtypeOf(blob) || 'jpeg') as Drawn

export interface UploadOptions {
  signal?: AbortSignal | undefined
  /** Told how much of the file has gone out, from 0 to 1. */
  onProgress?: ((share: number) => void) | undefined
}

interface Form {
  upload_id: string
  url: string
  fields: Record<string, string>
}

/** As far as a browser's `XMLHttpRequest` is needed: `fetch` tells nothing of what has gone out. */
interface ProgressRequest {
  open(method: string, url: string): void
  send(body: FormData): void
  abort(): void
  status: number
  responseText: string
  onload: (() => void) | null
  onerror: ((event: unknown) => void) | null
  upload: { onprogress: ((event: { loaded: number; total: number }) => void) | null }
}

const sendWithProgress = (
  Request: new () => ProgressRequest,
  url: string,
  form: FormData,
  { signal, onProgress }: UploadOptions,
): Promise<Response> =>
  new Promise((resolve, reject) => {
    const request = new Request()
    const abort = (): void => {
      request.abort()
      reject(signal?.reason)
    }
    request.open('POST', url)
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(Math.min(loaded / total, 1))
    request.onload = () => {
      signal?.removeEventListener('abort', abort)
      const { status, responseText } = request
      resolve(new Response(status === 204 ? null : responseText, { status }))
    }
    request.onerror = reject
    signal?.addEventListener('abort', abort, { once: true })
    request.send(form)
  })

const put = async (http: Http, { url, fields }: Form, file: Blob, options: UploadOptions) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  const { XMLHttpRequest: Request } = globalThis as { XMLHttpRequest?: new () => ProgressRequest }
  const { signal, onProgress } = options
  const response =
    Request && onProgress
      ? await sendWithProgress(Request, url, form, options)
      : await http.fetch(url, { method: 'POST', body: form, ...(signal ? { signal } : {}) })
  if (!response.ok) throw await problemOf(response, http.clock.now())
  // An answer that is not read to its end may hold its connection.
  await response.text()
}

const tries = 3

/** Uploads a file by a form that was asked for; the same form may be sent again. */
export const uploadFile = async (
  http: Http,
  form: Form,
  file: Blob,
  options: UploadOptions,
): Promise<string> => {
  for (let tried = 0; ; tried += 1) {
    throwIfAborted(options.signal)
    options.onProgress?.(0)
    try {
      await put(http, form, file, options)
      options.onProgress?.(1)
      return form.upload_id
    } catch (error) {
      throwIfAborted(options.signal)
      const problem = asProblem(error)
      if (tried + 1 >= tries || !problem.retryable) throw problem
      await pause(http.clock, jittered(http.random, tried), options.signal)
    }
  }
}
