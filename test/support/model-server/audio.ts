import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import * as z from 'zod'
import { answers, type Silence, type StatusAnswer } from './answers.ts'

/** A call of `/audio/speech`. */
export interface SpeechCallSeen {
  body: z.infer<typeof SpeechBody>
  authorization: string | undefined
  idempotencyKey: string | undefined
}

/** A call of `/audio/transcriptions`. */
export interface TranscriptionCallSeen {
  /** Every field but the file. */
  fields: Record<string, string>
  file: { name: string; type: string; bytes: Buffer }
  authorization: string | undefined
}

/** Audio for a text, or a text for audio. */
export interface Made {
  kind: 'made'
  contentType: string
  content: Buffer | string
}
export type AudioAnswer = Made | StatusAnswer | Silence

/** The answers of audio routes that tests script; refusals and silence are those of all routes. */
export const audioAnswers = {
  speech: (content: Buffer, contentType = 'audio/mpeg'): Made => ({
    kind: 'made',
    contentType,
    content,
  }),
  transcript: (text: string): Made => ({
    kind: 'made',
    contentType: 'application/json',
    content: JSON.stringify({ text }),
  }),
} as const

export interface AudioRoute<Call> {
  calls: Call[]
  /** Answers for the next calls, in order; they go before `respond`. */
  script(...next: AudioAnswer[]): void
  /** Answers whatever was not scripted. */
  respond(answer: (call: Call) => AudioAnswer | Promise<AudioAnswer>): void
  /** Resolves when `holds` does of the calls so far. */
  until(holds: (calls: readonly Call[]) => boolean): Promise<void>
  reset(): void
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
}

const SpeechBody = z.looseObject({
  model: z.string(),
  input: z.string(),
  voice: z.string(),
  response_format: z.enum(['mp3', 'wav', 'opus', 'aac', 'flac', 'pcm']).default('mp3'),
  instructions: z.string().optional(),
})

export const createRoute = <Call>(
  read: (body: Buffer, request: IncomingMessage) => Promise<Call>,
  usual?: (call: Call) => AudioAnswer,
): AudioRoute<Call> => {
  const calls: Call[] = []
  const scripted: AudioAnswer[] = []
  let changed = Promise.withResolvers<void>()
  let otherwise: ((call: Call) => AudioAnswer | Promise<AudioAnswer>) | undefined
  const unscripted = answers.status(404, {
    message: 'Nothing is scripted for this call.',
    type: 'invalid_request_error',
    code: 'not_scripted',
  })
  return {
    calls,
    script: (...next) => void scripted.push(...next),
    respond(answer) {
      otherwise = answer
    },
    async until(holds) {
      while (!holds(calls)) await changed.promise
    },
    reset() {
      calls.length = 0
      scripted.length = 0
      otherwise = undefined
    },
    async handle(request, response) {
      const call = await read(await buffer(request), request)
      calls.push(call)
      changed.resolve()
      changed = Promise.withResolvers()
      const answer = scripted.shift() ?? (await otherwise?.(call)) ?? usual?.(call) ?? unscripted
      if (answer.kind === 'silence') return
      if (answer.kind === 'status') {
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
        response.end(JSON.stringify(answer.body))
      } else response.writeHead(200, { 'content-type': answer.contentType }).end(answer.content)
    },
  }
}

const readTranscription = async (
  body: Buffer,
  { headers }: IncomingMessage,
): Promise<TranscriptionCallSeen> => {
  const type = headers['content-type'] ?? ''
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData()
  const file = z.instanceof(File).parse(form.get('file'))
  const fields = [...form].flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as const] : [],
  )
  return {
    fields: Object.fromEntries(fields),
    file: { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) },
    authorization: headers.authorization,
  }
}

/** Speech and transcription behind the OpenAI protocol. aimock's own routes show neither manner nor file. */
export const createAudioRoutes = () => ({
  speech: createRoute<SpeechCallSeen>(async (body, { headers }) => ({
    body: SpeechBody.parse(JSON.parse(body.toString('utf8'))),
    authorization: headers.authorization,
    idempotencyKey: headers['idempotency-key']?.toString(),
  })),
  transcription: createRoute<TranscriptionCallSeen>(readTranscription),
})
export type AudioRoutes = ReturnType<typeof createAudioRoutes>
