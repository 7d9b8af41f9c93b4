import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { decodePicture } from '../../../shared/platform/pictures/decode-picture.ts'
import { drawBackground, drawEdit, pngOf } from './draw.ts'

/** A request for a picture, as it was received. */
export interface ImageCall {
  path: 'generations' | 'edits'
  /** Fields of the JSON or of the form, the picture aside. */
  fields: Record<string, string>
  reference: { bytes: Uint8Array; name: string; type: string } | undefined
  authorization: string | undefined
  idempotencyKey: string | undefined
}

/** What to answer: JSON or bytes with a status, or nothing at all. */
export type ImageAnswer =
  | { status?: number; json: unknown; headers?: Record<string, string> }
  | { status?: number; bytes: Uint8Array; type: string }
  | 'silence'

export interface ImageRoutes {
  calls: ImageCall[]
  /** How often a picture would have been charged: once for each idempotency key. */
  charges(): number
  /** Draws what was not scripted, in the place of calm abstract pictures, until the next reset. */
  draw(by: (call: ImageCall) => Promise<Uint8Array>): void
  /** Answers whatever was not scripted, in the place of pictures. */
  respond(answer: (call: ImageCall) => ImageAnswer): void
  /** Answers the next calls, in order; after them pictures are drawn. */
  script(
    ...answers: (ImageAnswer | ((call: ImageCall) => ImageAnswer | Promise<ImageAnswer>))[]
  ): void
  reset(): void
}

/** Pixels that a call asks for. */
export const sizeOf = (fields: Record<string, string>): [number, number] => {
  const [, width, height] = /^(\d+)x(\d+)$/.exec(fields.size ?? '') ?? []
  return [Number(width ?? 1024), Number(height ?? 1024)]
}

/** The picture that a call asks for, drawn by code. */
export const drawnFor = async ({ fields, reference }: ImageCall): Promise<Uint8Array> => {
  const [width, height] = sizeOf(fields)
  const prompt = fields.prompt ?? ''
  if (!reference) return pngOf(await drawBackground(prompt, width, height))
  const { picture } = await decodePicture(reference.bytes)
  return pngOf(await drawEdit(prompt, width, height, picture))
}

const answerWith = (picture: Uint8Array): ImageAnswer => ({
  json: {
    created: 1_790_000_000,
    data: [{ b64_json: Buffer.from(picture).toString('base64') }],
    usage: { input_tokens: 60, output_tokens: 1400, total_tokens: 1460 },
  },
})

const readCall = async (request: IncomingMessage, path: ImageCall['path']): Promise<ImageCall> => {
  const body = await buffer(request)
  const { authorization, 'idempotency-key': key } = request.headers
  const idempotencyKey = typeof key === 'string' ? key : undefined
  const type = request.headers['content-type'] ?? ''
  if (!type.startsWith('multipart/form-data')) {
    const fields = Object.fromEntries(
      Object.entries(JSON.parse(body.toString())).map(([name, value]) => [name, String(value)]),
    )
    return { path, fields, reference: undefined, authorization, idempotencyKey }
  }
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData()
  const fields: Record<string, string> = {}
  let reference: ImageCall['reference']
  for (const [name, value] of form) {
    if (typeof value === 'string') fields[name] = value
    else reference = { bytes: await value.bytes(), name: value.name, type: value.type }
  }
  return { path, fields, reference, authorization, idempotencyKey }
}

const send = (answer: ImageAnswer, response: ServerResponse): void => {
  if (answer === 'silence') return
  if ('bytes' in answer) {
    response.writeHead(answer.status ?? 200, { 'content-type': answer.type })
    response.end(answer.bytes)
    return
  }
  response.writeHead(answer.status ?? 200, {
    'content-type': 'application/json',
    ...answer.headers,
  })
  response.end(JSON.stringify(answer.json))
}

/** The routes of a server of pictures: it draws real ones, and charges once for each idempotency key. */
export const createImageRoutes = () => {
  const calls: ImageCall[] = []
  const charged = new Set<string>()
  const scripted: (ImageAnswer | ((call: ImageCall) => ImageAnswer | Promise<ImageAnswer>))[] = []
  const open = new Set<ServerResponse>()
  let draw = drawnFor
  let otherwise: ((call: ImageCall) => ImageAnswer) | undefined
  const routes: ImageRoutes = {
    calls,
    charges: () => charged.size,
    draw(by) {
      draw = by
    },
    respond(answer) {
      otherwise = answer
    },
    script: (...answers) => {
      scripted.push(...answers)
    },
    reset() {
      calls.length = 0
      charged.clear()
      scripted.length = 0
      draw = drawnFor
      otherwise = undefined
      for (const response of open) response.destroy()
    },
  }
  const handle =
    (path: ImageCall['path']) => async (request: IncomingMessage, response: ServerResponse) => {
      open.add(response)
      response.on('close', () => open.delete(response))
      const call = await readCall(request, path)
      calls.push(call)
      const next = scripted.shift() ?? otherwise
      const answer =
        typeof next === 'function' ? await next(call) : (next ?? answerWith(await draw(call)))
      if (answer !== 'silence' && (answer.status ?? 200) === 200) {
        charged.add(call.idempotencyKey ?? `call ${calls.length}`)
      }
      send(answer, response)
    }
  return { routes, handle }
}
