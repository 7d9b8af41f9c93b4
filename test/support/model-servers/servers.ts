import type { Fields } from './answer.ts'
import type { ServerBehaviour, StubRefusal, StubRequest } from './stub-server.ts'

/** The servers that the suite imitates, each as it usually is. */

const invalid = (message: string, type = 'invalid_request_error', code: unknown = null) => ({
  status: 400,
  body: { error: { message, type, code, param: null } },
})

const effortOf = ({ body }: StubRequest): unknown =>
  (body.reasoning as Fields | undefined)?.effort ?? body.reasoning_effort

/** A stub of a strict server: the fields of a request that it does not know are errors. */
const unknownFields = (body: Fields, known: string[]): string[] =>
  Object.keys(body).filter((name) => !known.includes(name))

const everyPattern = (schema: unknown): string[] => {
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([name, value]) =>
    name === 'pattern' && typeof value === 'string' ? [value] : everyPattern(value),
  )
}

export const openai: ServerBehaviour = {
  responses: { searches: false },
  chat: {},
  keepsSchema: { responses: true, chat: true },
}

/** Its v1 API stands under /openai/v1 and streams a first chunk without choices. */
export const azure: ServerBehaviour = {
  prefix: '/openai/v1',
  responses: {},
  chat: { startsEmpty: true },
  keepsSchema: { responses: true, chat: true },
}

export const vllm: ServerBehaviour = {
  responses: {},
  chat: { thought: 'reasoning_content' },
  done: false,
  keepsSchema: { responses: true, chat: true },
}

/** Unknown effort values are errors; an answer cut at its limit ends as a completed one does. */
export const ollama: ServerBehaviour = {
  responses: { leavesOut: ['annotations'] },
  chat: { thought: 'reasoning' },
  refuse: (request) =>
    effortOf(request) === undefined ||
    ['low', 'medium', 'high', 'none'].includes(String(effortOf(request)))
      ? undefined
      : invalid(`invalid think value: ${JSON.stringify(effortOf(request))}`),
  keepsSchema: { responses: true, chat: true },
}

const llamaCppRefusal = ({ api, body, format }: StubRequest): StubRefusal | undefined => {
  const refusal = (message: string): StubRefusal => ({
    status: 400,
    body: { error: { code: 400, message, type: 'invalid_request_error' } },
  })
  const items = api === 'responses' && Array.isArray(body.input) ? (body.input as Fields[]) : []
  if (items.some(({ role, type }) => role === 'assistant' && type === undefined)) {
    return refusal("Cannot determine type of 'item'")
  }
  if (
    format &&
    api === 'chat' &&
    everyPattern(format.schema).some((each) => /\\[dws]/i.test(each))
  ) {
    return refusal('failed to parse grammar')
  }
  return undefined
}

/** A thin wrapper over its chat route: the schema is dropped in silence on /responses. */
export const llamaCpp: ServerBehaviour = {
  responses: { lateItems: true, leavesOut: ['indexes', 'status'] },
  chat: { usage: 'last chunk' },
  refuse: llamaCppRefusal,
  keepsSchema: { responses: false, chat: true },
}

/** `text: {}` is an error, annotations are missing, the schema is ignored on /responses. */
export const lmStudio: ServerBehaviour = {
  responses: { leavesOut: ['annotations'] },
  chat: { thought: 'reasoning_content' },
  refuse: ({ api, body }) =>
    api === 'responses' && body.text !== undefined && (body.text as Fields).format === undefined
      ? { status: 400, body: { error: "Invalid type for 'text.format'." } }
      : undefined,
  keepsSchema: { responses: false, chat: true },
}

/** A proxy that bridges to its backend: no event lines, text sometimes in the final item alone. */
export const liteLlm: ServerBehaviour = {
  responses: { text: 'item only', leavesOut: ['item ids'] },
  chat: {},
  eventLines: false,
  keepsSchema: { responses: true, chat: true },
}

const geminiFields = [
  'model',
  'messages',
  'stream',
  'stream_options',
  'response_format',
  'reasoning_effort',
  'max_tokens',
  'max_completion_tokens',
  'temperature',
  'top_p',
  'n',
  'stop',
  'tools',
  'tool_choice',
]

/** Chat alone, under /v1beta/openai; an unknown field is an error, which comes as a list. */
export const gemini: ServerBehaviour = {
  prefix: '/v1beta/openai',
  chat: { finish: 'stop', usage: 'last chunk', endsWithText: true },
  refuse: ({ body }) => {
    const [unknown] = unknownFields(body, geminiFields)
    if (unknown === undefined) return undefined
    const message = `Invalid JSON payload received. Unknown name "${unknown}": Cannot find field.`
    return { status: 400, body: [{ error: { code: 400, message, status: 'INVALID_ARGUMENT' } }] }
  },
  keepsSchema: { chat: true },
}

/** Text Generation Inference and MLX-LM: chat alone. */
export const chatOnly: ServerBehaviour = {
  chat: { finish: 'eos_token', usage: 'none', leavesOut: ['id'] },
  keepsSchema: { chat: false },
}
