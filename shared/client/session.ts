import type { RouteName, RouteOf, StudioEvent } from './contract.ts'
import type { Cursors } from './cursors.ts'
import { type EventStream, type EventsOptions, openEvents, type StreamParts } from './events.ts'
import { defined, newKey } from './fields.ts'
import { bound, type CallOptions, type Http, type Request } from './http.ts'
import type { RouteAt } from './routes.ts'
import { streamTurn } from './turn-stream.ts'
import {
  inlineBytesLimit,
  pictureFormat,
  recordingFormat,
  type UploadOptions,
  uploadFile,
} from './uploads.ts'

type Answer<N extends RouteName> = Promise<RouteOf<N>['answer']>
type Body<N extends RouteName> = RouteOf<N>['body']

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
  /** Fills, corrects or (by null) empties slots by hand: the user's own word. */
  editBrief(slots: Body<'editBrief'>['slots'], options?: CallOptions): Answer<'editBrief'>
  /** A code that makes another device act as the owner: once, within five minutes. */
  handoff(options?: CallOptions): Answer<'createHandoff'>
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

/** A form with fields and a file of ours. */
const formOf = (field: string, file: Blob, fields: object): FormData => {
  const form = new FormData()
  for (const [name, value] of Object.entries(defined({ ...fields }))) form.append(name, value)
  form.append(field, file, field)
  return form
}

/** Sends a file with its turn, or uploads it first. */
const sendFile = async <L extends FileLine>(
  http: Http,
  session_id: string,
  { route, field, upload }: { route: L; field: string; upload: FileUpload },
  file: Blob,
  { upload: isWanted, signal, key, onProgress, ...fields }: SpeakOptions | PictureOptions,
): Promise<RouteAt<L>['answer']> => {
  const params = { session_id }
  const send = (request: object) =>
    http.call(route, { params, ...request } as unknown as Request<L>, { signal, key })
  if (isWanted || file.size > inlineBytesLimit) {
    return send({ body: { upload_id: await upload(file, { signal, onProgress }), ...fields } })
  }
  // It has no progress of its own: it is on its way, and then it is there.
  onProgress?.(0)
  const answer = await send({ form: formOf(field, file, fields) })
  onProgress?.(1)
  return answer
}

type FileLine =
  | 'POST! /api/chat/session/{session_id}/voice-turn'
  | 'POST! /api/chat/session/{session_id}/product-image'
type FileUpload = (file: Blob, options?: UploadOptions) => Promise<string>

const filesOf = (http: Http, session_id: string) => {
  const params = { session_id }
  const uploadRecording: FileUpload = async (file, options = {}) => {
    const body = { format: recordingFormat(file) }
    return uploadFile(
      http,
      await http.call(
        'POST /api/chat/session/{session_id}/voice-upload',
        { params, body },
        options,
      ),
      file,
      options,
    )
  }
  const uploadPicture: FileUpload = async (file, options = {}) => {
    const body = { format: pictureFormat(file) }
    return uploadFile(
      http,
      await http.call(
        'POST /api/chat/session/{session_id}/product-image-upload',
        { params, body },
        options,
      ),
      file,
      options,
    )
  }
  const spoken = {
    route: 'POST! /api/chat/session/{session_id}/voice-turn',
    field: 'audio',
    upload: uploadRecording,
  } as const
  const drawn = {
    route: 'POST! /api/chat/session/{session_id}/product-image',
    field: 'image',
    upload: uploadPicture,
  } as const
  return {
    uploadRecording,
    speak: (recording: Blob, options: SpeakOptions = {}) =>
      sendFile(http, session_id, spoken, recording, options),
    addPicture: (picture: Blob, options: PictureOptions = {}) =>
      sendFile(http, session_id, drawn, picture, options),
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
    view: bound(http, 'GET /api/chat/session/{session_id}', { params }),
    messages: (query = {}, options) =>
      call('GET /api/chat/session/{session_id}/messages', { params, query }, options),
    log: (query = {}, options) =>
      call('GET /api/chat/session/{session_id}/events', { params, query }, options),
    send(message, sending = {}) {
      const { request, options } = turnOf(message, sending)
      return call('POST! /api/chat/session/{session_id}/message', request, options)
    },
    stream(message, sending = {}) {
      const { request, options } = turnOf(message, sending)
      return streamTurn(http, request, options)
    },
    ...filesOf(http, id),
    picture: (picture_id, options) =>
      call(
        'GET /api/chat/session/{session_id}/product-image/{picture_id}',
        { params: { session_id: id, picture_id } },
        options,
      ),
    stop: bound(http, 'POST /api/chat/session/{session_id}/stop', { params }),
    say: (body, options) =>
      call('POST /api/chat/session/{session_id}/assistant-voice', { params, body }, options),
    editBrief: (slots, options) =>
      call('PATCH /api/chat/session/{session_id}/brief', { params, body: { slots } }, options),
    handoff: bound(http, 'POST /api/chat/session/{session_id}/handoff', { params }),
    generate: bound(http, 'POST! /api/runs/{session_id}/generate/async', { params }),
    export: (options) =>
      http.open('GET /api/chat/session/{session_id}/export', { params }, options),
    ticket: bound(http, 'POST /api/chat/session/{session_id}/ticket', { params }),
    readers: {
      list: bound(http, 'GET /api/chat/session/{session_id}/readers', { params }),
      add: (principal, options) =>
        call(
          'PUT /api/chat/session/{session_id}/readers/{principal}',
          { params: { session_id: id, principal } },
          options,
        ),
      remove: (principal, options) =>
        call(
          'DELETE /api/chat/session/{session_id}/readers/{principal}',
          { params: { session_id: id, principal } },
          options,
        ),
    },
    async delete(options) {
      await call('DELETE /api/chat/session/{session_id}', { params }, options)
      await cursors.forget(id)
    },
    events: (options = {}) => openEvents({ http, streams, cursors }, id, options),
  }
}
