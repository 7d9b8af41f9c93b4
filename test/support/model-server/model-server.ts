import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { text as bodyText } from 'node:stream/consumers'
import { createServer, type Fixture } from '@copilotkit/aimock'
import * as z from 'zod'
import type { AgentName } from '../../../shared/contracts/agents.ts'
import { type CreativePart, creativePartNames } from '../../../shared/contracts/creative-parts.ts'
import { createImageRoutes, type ImageRoutes } from '../image-server/image-routes.ts'
import { type Answer, answers } from './answers.ts'
import { type AudioRoutes, createAudioRoutes } from './audio.ts'
import { cutToPart } from './creative-parts.ts'
import { createModerationRoute } from './moderation.ts'
import { sendAnswer } from './protocol.ts'

const askers = [
  'planner',
  'picture',
  'research',
  'strategy',
  'creative',
  'voice',
  'search',
  'research_queries',
  'strategy_repair',
  'creative_repair',
  'voice_repair',
] as const satisfies readonly (AgentName | `${AgentName}_${string}` | 'search')[]
/**
 * The caller: an agent for its structured answer or for blocked texts once more, or the research agent for
 * its search or its queries.
 */
export type Asker = (typeof askers)[number]
/** Whose next calls are answered: an asker's, or those for one part of the creatives. */
export type Scripted = Asker | `creative_${CreativePart}`

/** A text, or a text with pictures behind it. */
const Content = z.union([
  z.string(),
  z.array(
    z.looseObject({
      type: z.string(),
      text: z.string().optional(),
      image_url: z.string().optional(),
    }),
  ),
])
const Message = z.looseObject({ role: z.string(), content: Content })

const RequestBody = z.looseObject({
  model: z.string(),
  instructions: z.string().default(''),
  input: z.array(Message),
  stream: z.boolean().default(false),
  text: z
    .object({ format: z.looseObject({ type: z.string(), name: z.string().optional() }) })
    .optional(),
  tools: z.array(z.looseObject({ type: z.string() })).default([]),
})
export type RequestBody = z.infer<typeof RequestBody>

const Probe = z.object({
  text: z.object({
    format: z.object({
      name: z.literal('probe_v1'),
      schema: z.object({
        properties: z.record(z.string(), z.object({ enum: z.array(z.string()) })),
      }),
    }),
  }),
})

/** One call of the model, as it was received. */
export interface ModelCallSeen {
  asker: Asker
  /** The part of the creatives that is asked for. */
  part: CreativePart | undefined
  body: RequestBody
  authorization: string | undefined
  /** Pictures that the model is shown. */
  images: { contentType: string; bytes: Uint8Array }[]
  /** The material of a labelled data block; undefined when the request has none of that name. */
  data(name: string): unknown
  /** Milliseconds since the epoch. */
  at: number
  /** The caller's port: two calls with the same came over one connection. */
  port: number | undefined
}

/** An answer, or what finds it out from the call. */
export type ScriptedAnswer = Answer | ((call: ModelCallSeen) => Answer | Promise<Answer>)

/** The route of Responses, whose answers a test scripts. */
export interface ResponsesRoute {
  calls: ModelCallSeen[]
  /**
   * Answers for the next calls of an agent, in order; they go before `respond`. Those for `creative` hold all
   * parts: each part gets its own of each of them.
   */
  script(asker: Scripted, ...next: ScriptedAnswer[]): void
  /** Answers whatever was not scripted; creatives may hold all parts. */
  respond(answer: (call: ModelCallSeen) => Answer | Promise<Answer>): void
  /** Calls whose connection is still open for more of the answer. */
  open(): number
  /** Resolves when `holds` does; asked again after each call and each closed connection. */
  until(holds: () => boolean): Promise<void>
  /** Forgets calls and script, and hangs up on callers that still wait. */
  reset(): void
  /** Hangs up on callers that still wait. */
  hangUp(): void
}

export interface ModelServer extends ResponsesRoute, AudioRoutes {
  /** Pictures: drawn by code unless a test says otherwise. */
  images: ImageRoutes
  moderation: ReturnType<typeof createModerationRoute>
  /** What `OPENAI_BASE_URL` has to be. */
  url: string
  stop(): Promise<void>
}

const askerOf = (body: RequestBody): Pick<ModelCallSeen, 'asker' | 'part'> => {
  const name = body.text?.format.name?.replace(/_v\d+(_revision_v\d+)?$/, '')
  const part = creativePartNames.find((each) => name === `creative_${each}`)
  if (part) return { asker: 'creative', part }
  const asker = name ?? (body.tools.some(({ type }) => type === 'web_search') ? 'search' : '')
  return { asker: z.enum(askers).parse(asker), part: undefined }
}

/** The text of a message, whatever else it holds. */
export const textOf = ({ content }: z.infer<typeof Message>): string =>
  typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('\n')

const imagesOf = ({ content }: z.infer<typeof Message>): ModelCallSeen['images'] =>
  typeof content === 'string'
    ? []
    : content.flatMap(({ image_url }) => {
        const [, contentType, data] = /^data:([^;]+);base64,(.*)$/.exec(image_url ?? '') ?? []
        return contentType === undefined || data === undefined
          ? []
          : [{ contentType, bytes: new Uint8Array(Buffer.from(data, 'base64')) }]
      })

const blockOf = (body: RequestBody, name: string): unknown => {
  const all = body.input.map(textOf).join('\n')
  const found = new RegExp(`^<data name="${name}">\\n(.*)\\n</data>$`, 'm').exec(all)
  return found?.[1] === undefined ? undefined : JSON.parse(found[1])
}

/** A route of our own within aimock's server. */
const mount = (
  path: string,
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
) => ({
  path,
  handler: {
    handleRequest: async (request: IncomingMessage, response: ServerResponse) => {
      await handle(request, response)
      return true
    },
  },
})

/** What a server that keeps schemas answers to the probe of `MODEL_API=auto`: its only possible value. */
const probed = (json: unknown): Answer | undefined => {
  const { success, data } = Probe.safeParse(json)
  if (!success) return undefined
  const { properties } = data.text.format.schema
  return answers.json(
    Object.fromEntries(
      Object.entries(properties).map(
        ([
          name,
          {
            enum: [only],
          },
        ]) => [name, only],
      ),
    ),
  )
}

const readCall = (request: IncomingMessage, json: unknown): ModelCallSeen => {
  const body = RequestBody.parse(json)
  return {
    ...askerOf(body),
    body,
    authorization: request.headers.authorization,
    images: body.input.flatMap(imagesOf),
    data: (name) => blockOf(body, name),
    at: Date.now(),
    port: request.socket.remotePort,
  }
}

const scriptedAs = ({ asker, part }: ModelCallSeen): Scripted =>
  part === undefined ? asker : `creative_${part}`

const unscripted = (call: ModelCallSeen, number: number): Answer =>
  answers.status(404, {
    message: `Nothing is scripted for call ${number}, by ${scriptedAs(call)}.`,
    type: 'invalid_request_error',
    code: 'not_scripted',
  })

const createResponsesRoute = () => {
  const calls: ModelCallSeen[] = []
  const scripted = new Map<Scripted, ScriptedAnswer[]>()
  const open = new Set<ServerResponse>()
  let otherwise: ((call: ModelCallSeen) => Answer | Promise<Answer>) | undefined
  let changed = Promise.withResolvers<void>()
  const announce = (): void => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  const hangUp = (): void => {
    for (const response of open) response.destroy()
  }
  const route: ResponsesRoute = {
    calls,
    script(asker, ...next) {
      const queues: Scripted[] =
        asker === 'creative'
          ? creativePartNames.map((part) => `creative_${part}` as const)
          : [asker]
      for (const queue of queues) scripted.set(queue, [...(scripted.get(queue) ?? []), ...next])
    },
    respond(answer) {
      otherwise = answer
    },
    open: () => open.size,
    async until(holds) {
      while (!holds()) await changed.promise
    },
    reset() {
      calls.length = 0
      scripted.clear()
      otherwise = undefined
      hangUp()
    },
    hangUp,
  }
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    open.add(response)
    response.on('close', () => {
      open.delete(response)
      announce()
    })
    const json: unknown = JSON.parse(await bodyText(request))
    const probe = probed(json)
    if (probe) return sendAnswer(probe, 'probed', response)
    const call = readCall(request, json)
    calls.push(call)
    announce()
    const number = calls.length
    const next = scripted.get(scriptedAs(call))?.shift() ?? otherwise
    const answer = typeof next === 'function' ? await next(call) : next
    const own = answer && call.part ? cutToPart(answer, call.part) : answer
    await sendAnswer(own ?? unscripted(call, number), call.body.model, response)
  }
  return { route, handle }
}

/**
 * A scripted model behind the OpenAI protocol. aimock is the server, and answers images and the rest
 * from `fixtures`; the routes of Responses, speech and transcription are our own, mounted into it:
 * aimock's Responses can say neither citations and sources of a web search, nor a refusal, nor a
 * stream that stalls, and does not let an answer depend on the name of the schema that was asked for.
 */
export const startModelServer = async (
  options: { port?: number; fixtures?: Fixture[] } = {},
): Promise<ModelServer> => {
  const { route, handle } = createResponsesRoute()
  const audio = createAudioRoutes()
  const moderation = createModerationRoute()
  const images = createImageRoutes()
  const { server, url } = await createServer(
    options.fixtures ?? [],
    { host: '127.0.0.1', port: options.port ?? 0 },
    [
      mount('/v1/responses', handle),
      mount('/v1/audio/speech', audio.speech.handle),
      mount('/v1/audio/transcriptions', audio.transcription.handle),
      mount('/v1/moderations', moderation.handle),
      mount('/v1/images/generations', images.handle('generations')),
      mount('/v1/images/edits', images.handle('edits')),
    ],
  )
  return {
    ...route,
    ...audio,
    moderation,
    images: images.routes,
    url: `${url}/v1`,
    reset() {
      route.reset()
      audio.speech.reset()
      audio.transcription.reset()
      moderation.reset()
      images.routes.reset()
    },
    async stop() {
      const closed = once(server, 'close')
      server.close()
      // Idle connections too: a server waits for its callers to let them go.
      server.closeAllConnections()
      await closed
    },
  }
}
