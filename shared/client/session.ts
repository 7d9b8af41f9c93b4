import type { RouteOf, StudioEvent } from './contract.ts'
import type { Cursors } from './cursors.ts'
import { type EventStream, type EventsOptions, openEvents, type StreamParts } from './events.ts'
import type { CallOptions, Http } from './http.ts'
import { newKey } from './keys.ts'
import { streamTurn } from './turn-stream.ts'
import {
  inlineBytesLimit,
  pictureFormat,
  recordingFormat,
  type UploadOptions,
  uploadFile,
} from './uploads.ts'

type Answer<N extends Parameters<Http['call']>[0]> = Promise<RouteOf<N>['answer']>
type Body<N extends Parameters<Http['call']>[0]> = RouteOf<N>['body']

export interface SendOptions extends CallOptions {
  /** The message's own name, which comes back in its `turn.started`; the call's key when not given. */
  client_message_id?: string | undefined
}

export interface SpeakOptions extends CallOptions, UploadOptions, Omit<Body<'speak'>, 'upload_id'> {
  /** Uploads the recording first, whatever its size: the progress is then told in steps. */
  upload?: boolean | undefined
}

export interface PictureOptions
  extends CallOptions,
    UploadOptions,
    Omit<Body<'addProductImage'>, 'upload_id'> {
  upload?: boolean | undefined
}

/** A conversation and what came of it. */
export interface Session {
  readonly id: string
  view(options?: CallOptions): Answer<'getSession'>
  /** The conversation, oldest first, page by page. */
  messages(query?: RouteOf<'listMessages'>['query'], options?: CallOptions): Answer<'listMessages'>
  /** One page of the log. */
  log(query?: RouteOf<'listEvents'>['query'], options?: CallOptions): Answer<'listEvents'>
  /** One typed turn. Leaving it does not stop it. */
  send(message: string, options?: SendOptions): Answer<'sendMessage'>
  /** The same turn as its events; a broken connection goes on in the log. */
  stream(message: string, options?: SendOptions): AsyncGenerator<StudioEvent, void, void>
  /** One spoken turn; `status` stands in the answer of one that is still being transcribed. */
  speak(recording: Blob, options?: SpeakOptions): Answer<'speak'>
  /** Uploads a recording, for a turn or for the voice of a film. */
  uploadRecording(recording: Blob, options?: UploadOptions): Promise<string>
  /** One turn with a picture of the product. */
  addPicture(picture: Blob, options?: PictureOptions): Answer<'addProductImage'>
  /** A kept picture with a new link. */
  picture(pictureId: string, options?: CallOptions): Answer<'getProductImage'>
  /** Stops the turn in progress. */
  stop(options?: CallOptions): Answer<'stopTurn'>
  /** Has a sentence of the assistant's spoken. */
  say(request: Body<'assistantVoice'>, options?: CallOptions): Answer<'assistantVoice'>
  /** Starts a run, with a job that follows it. */
  generate(options?: CallOptions): Answer<'generateAsync'>
  /** Everything that is stored, as the answer comes. */
  export(options?: CallOptions): Promise<Response>
  ticket(options?: CallOptions): Answer<'createTicket'>
  readonly readers: {
    list(options?: CallOptions): Answer<'listReaders'>
    add(principal: string, options?: CallOptions): Answer<'addReader'>
    remove(principal: string, options?: CallOptions): Answer<'removeReader'>
  }
  /** Erases the session with its runs and media. */
  delete(options?: CallOptions): Promise<void>
  /** The log from a seq on, each event once and in order, over whatever transport works. */
  events(options?: EventsOptions): EventStream
}

export interface SessionParts {
  http: Http
  streams: StreamParts
  cursors: Cursors
}

const defined = (fields: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)]],
    ),
  )

/** A form with a file of ours. */
const formOf = (field: string, file: Blob, fields: Record<string, unknown>): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(defined(fields))) form.append(name, value)
  form.append(field, file, field)
  return form
}

const filesOf = (http: Http, session_id: string) => {
  const params = { session_id }
  const uploadRecording = async (recording: Blob, options: UploadOptions = {}): Promise<string> => {
    const body = { format: recordingFormat(recording) }
    const form = await http.call('createVoiceUpload', { params, body }, options)
    return uploadFile(http, form, recording, options)
  }
  const uploadPicture = async (picture: Blob, options: UploadOptions): Promise<string> => {
    const body = { format: pictureFormat(picture) }
    const form = await http.call('createPictureUpload', { params, body }, options)
    return uploadFile(http, form, picture, options)
  }
  /** What goes with its turn has no progress of its own: it is on its way, and then it is there. */
  const told = async <T>(answer: Promise<T>, { onProgress }: UploadOptions): Promise<T> => {
    onProgress?.(0)
    const value = await answer
    onProgress?.(1)
    return value
  }
  return {
    uploadRecording,
    async speak(recording: Blob, options: SpeakOptions = {}) {
      const { upload, signal, key, onProgress, ...fields } = options
      if (!upload && recording.size <= inlineBytesLimit) {
        const form = formOf('audio', recording, fields)
        return told(http.call('speak', { params, form }, { signal, key }), options)
      }
      const upload_id = await uploadRecording(recording, { signal, onProgress })
      return http.call('speak', { params, body: { upload_id, ...fields } }, { signal, key })
    },
    async addPicture(picture: Blob, options: PictureOptions = {}) {
      const { upload, signal, key, onProgress, ...fields } = options
      if (!upload && picture.size <= inlineBytesLimit) {
        const form = formOf('image', picture, fields)
        return told(http.call('addProductImage', { params, form }, { signal, key }), options)
      }
      const upload_id = await uploadPicture(picture, { signal, onProgress })
      const body = { upload_id, ...fields }
      return http.call('addProductImage', { params, body }, { signal, key })
    },
  }
}

export const createSession = ({ http, streams, cursors }: SessionParts, id: string): Session => {
  const { call } = http
  const params = { session_id: id }
  const turnOf = (message: string, { client_message_id, key = newKey(), signal }: SendOptions) => ({
    request: { params, body: { message, client_message_id: client_message_id ?? key } },
    options: { key, signal },
  })
  return {
    id,
    view: (options) => call('getSession', { params }, options),
    messages: (query = {}, options) => call('listMessages', { params, query }, options),
    log: (query = {}, options) => call('listEvents', { params, query }, options),
    send(message, sending = {}) {
      const { request, options } = turnOf(message, sending)
      return call('sendMessage', request, options)
    },
    stream(message, sending = {}) {
      const { request, options } = turnOf(message, sending)
      return streamTurn(http, request, options)
    },
    ...filesOf(http, id),
    picture: (picture_id, options) =>
      call('getProductImage', { params: { session_id: id, picture_id } }, options),
    stop: (options) => call('stopTurn', { params }, options),
    say: (body, options) => call('assistantVoice', { params, body }, options),
    generate: (options) => call('generateAsync', { params }, options),
    export: (options) => http.open('exportSession', { params }, options),
    ticket: (options) => call('createTicket', { params }, options),
    readers: {
      list: (options) => call('listReaders', { params }, options),
      add: (principal, options) =>
        call('addReader', { params: { session_id: id, principal } }, options),
      remove: (principal, options) =>
        call('removeReader', { params: { session_id: id, principal } }, options),
    },
    async delete(options) {
      await call('deleteSession', { params }, options)
      await cursors.forget(id)
    },
    events: (options = {}) => openEvents({ http, streams, cursors }, id, options),
  }
}
