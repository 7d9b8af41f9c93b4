import type { ErrorCode } from '../../../shared/contracts/problems.ts'
import { samplePlanner } from '../model-server/samples.ts'
import type { ModelText } from './answer.ts'
import {
  azure,
  chatOnly,
  gemini,
  liteLlm,
  llamaCpp,
  lmStudio,
  ollama,
  openai,
  vllm,
} from './servers.ts'
import type { ServerBehaviour } from './stub-server.ts'

/** What has to come of a turn: its answer, or an error of this code. */
export type Expected = 'answered' | { code: ErrorCode; retryable?: boolean }

/** One way in which a server differs from the vendor's own, tried by one turn of the planner. */
export interface DeviationCase {
  server: string
  deviation: string
  behaviour: ServerBehaviour
  /** What the model says instead of the planner's sample answer. */
  says?: Partial<ModelText>
  expected: Expected
}

const streamError = (error: unknown): ServerBehaviour['responses'] => ({
  ending: { type: 'error', error } as Record<string, unknown>,
})

const withResponses = (
  server: ServerBehaviour,
  responses: ServerBehaviour['responses'],
): ServerBehaviour => ({ ...server, responses: { ...server.responses, ...responses } })

/** The same without its chat route, to which `auto` would move where Responses fails its probe. */
const withResponsesAlone = (
  server: ServerBehaviour,
  responses: ServerBehaviour['responses'],
): ServerBehaviour => {
  const { chat: _, ...rest } = withResponses(server, responses)
  return rest
}

const withChat = (server: ServerBehaviour, chat: ServerBehaviour['chat']): ServerBehaviour => {
  const { responses: _, ...rest } = server
  return { ...rest, chat: { ...server.chat, ...chat } }
}

const refusing = (
  server: ServerBehaviour,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): ServerBehaviour => ({ ...server, refuse: () => ({ status, body, headers }) })

const base: DeviationCase[] = [
  ['OpenAI', openai],
  ['Azure OpenAI v1', azure],
  ['vLLM', vllm],
  ['Ollama', ollama],
  ['llama.cpp', llamaCpp],
  ['LM Studio', lmStudio],
  ['LiteLLM', liteLlm],
  ['Gemini', gemini],
  ['TGI, MLX-LM', chatOnly],
].map(([server, behaviour]) => ({
  server: server as string,
  deviation: 'as it usually is',
  behaviour: behaviour as ServerBehaviour,
  expected: 'answered' as const,
}))

const wordings: DeviationCase[] = [
  {
    server: 'LM Studio',
    deviation: 'a route that it does not have, refused with a 200',
    behaviour: {
      ...lmStudio,
      refuse: ({ api }) =>
        api === 'responses'
          ? { status: 200, body: { error: 'Unexpected endpoint or method. Returning 200 anyway' } }
          : undefined,
    },
    expected: 'answered',
  },
  {
    server: 'Gemini',
    deviation: 'a finish reason and usage with every chunk',
    behaviour: withChat(gemini, { alwaysEnds: true, endsWithText: false }),
    expected: 'answered',
  },
  {
    server: 'OpenAI',
    deviation: 'an answer cut at its limit, and says so',
    behaviour: withResponses(openai, { cutAfter: 90, ending: 'incomplete' }),
    expected: { code: 'SCHEMA_VALIDATION_FAILED' },
  },
  {
    server: 'Azure OpenAI v1',
    deviation: 'a prompt that its content filter refuses, as a 400',
    behaviour: refusing(azure, 400, {
      error: {
        message: 'The response was filtered.',
        type: null,
        param: 'prompt',
        code: 'content_filter',
        status: 400,
        innererror: { code: 'ResponsibleAIPolicyViolation' },
      },
    }),
    expected: { code: 'MODEL_REFUSED' },
  },
  {
    server: 'Azure OpenAI v1',
    deviation: 'an answer that its content filter ends',
    behaviour: withResponses(azure, { cutAfter: 60, ending: 'filtered' }),
    expected: { code: 'MODEL_REFUSED' },
  },
  {
    server: 'vLLM',
    deviation: 'thinking in a reasoning item',
    behaviour: vllm,
    says: { thought: 'The user {"names": a product}.' },
    expected: 'answered',
  },
  {
    server: 'vLLM',
    deviation: 'thinking in reasoning_content, over chat',
    behaviour: withChat(vllm, {}),
    says: { thought: 'The user names a product.' },
    expected: 'answered',
  },
  {
    server: 'Ollama',
    deviation: 'an answer cut at its limit that ends as completed',
    behaviour: withResponses(ollama, { cutAfter: 90 }),
    expected: { code: 'SCHEMA_VALIDATION_FAILED' },
  },
  {
    server: 'Ollama',
    deviation: 'thinking as a block before the answer',
    behaviour: withChat(ollama, { thought: 'block' }),
    says: { thought: 'A name. {"a": 1}' },
    expected: 'answered',
  },
  {
    server: 'llama.cpp',
    deviation: 'the answer in a fence',
    behaviour: { ...llamaCpp, wrap: (text) => `\`\`\`json\n${text}\n\`\`\`` },
    expected: 'answered',
  },
  {
    server: 'llama.cpp',
    deviation: 'an end token behind the answer',
    behaviour: { ...llamaCpp, wrap: (text) => `${text}<|im_end|>` },
    expected: 'answered',
  },
  {
    server: 'llama.cpp',
    deviation: 'a prompt beyond its context',
    behaviour: refusing(llamaCpp, 400, {
      error: {
        code: 400,
        message: 'request (50030 tokens) exceeds the available context size (8192 tokens)',
        type: 'exceed_context_size_error',
        n_prompt_tokens: 50030,
        n_ctx: 8192,
      },
    }),
    expected: { code: 'UPSTREAM_ERROR', retryable: false },
  },
  {
    server: 'llama.cpp',
    deviation: 'history without types',
    behaviour: { ...llamaCpp, keepsSchema: { responses: true, chat: false } },
    expected: 'answered',
  },
  {
    server: 'LM Studio',
    deviation: 'the answer in the reasoning block, and an empty message',
    behaviour: withChat(lmStudio, { thought: 'reasoning_content', emptyAnswer: true }),
    says: { thought: JSON.stringify(samplePlanner) },
    expected: 'answered',
  },
  {
    server: 'LM Studio',
    deviation: 'prose before and behind the answer',
    behaviour: { ...lmStudio, wrap: (text) => `Sure! Here it is:\n${text}\nAnything else?` },
    expected: { code: 'SCHEMA_VALIDATION_FAILED' },
  },
]

const streams: DeviationCase[] = [
  {
    server: 'LiteLLM',
    deviation: 'text in the last event alone',
    behaviour: withResponses(liteLlm, { text: 'last event only' }),
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'half of the text in deltas, all of it in the item',
    behaviour: withResponses(openai, { text: 'half in deltas' }),
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'text in output_text.done alone',
    behaviour: withResponses(openai, { text: 'text.done only' }),
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'the whole text again as a last delta',
    behaviour: withResponses(openai, { repeatsText: true }),
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'aside and answer under one output_index',
    behaviour: withResponses(openai, { sharesIndex: true }),
    says: { thought: 'Hm.' },
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'no index anywhere',
    behaviour: withResponses(openai, { leavesOut: ['indexes', 'item ids'] }),
    says: { thought: 'Hm.' },
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'a last event without status, model, id, usage and output',
    behaviour: withResponses(openai, {
      leavesOut: ['status', 'model', 'id', 'usage', 'output'],
    }),
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'an item event without its item',
    behaviour: withResponses(openai, { emptyItem: true }),
    expected: 'answered',
  },
  {
    server: 'LiteLLM',
    deviation: 'a stream that ends without a last event',
    behaviour: withResponsesAlone(openai, { cutAfter: 60, ending: 'none' }),
    expected: { code: 'UPSTREAM_ERROR', retryable: true },
  },
]

const errors: DeviationCase[] = [
  ...[
    ['nested under error', streamError({ type: 'too_many_requests', message: 'Slow down.' })],
    ['with a numeric code', streamError({ code: 429, message: 'Slow down.' })],
    ['flat', { ending: { type: 'error', code: 'rate_limit_exceeded', message: 'Slow down.' } }],
    ['without a type', { ending: { error: { type: 'rate_limit_error', message: 'Slow.' } } }],
  ].map(
    ([how, responses]): DeviationCase => ({
      server: 'LiteLLM',
      deviation: `a rate limit within the stream, ${how}`,
      behaviour: withResponsesAlone(liteLlm, responses as ServerBehaviour['responses']),
      expected: { code: 'RATE_LIMITED', retryable: true },
    }),
  ),
  ...['server_overloaded', 'service_unavailable_error', 503].map(
    (code): DeviationCase => ({
      server: 'LiteLLM',
      deviation: `${code} within the stream`,
      behaviour: withResponsesAlone(liteLlm, streamError({ type: code, code, message: 'Busy.' })),
      expected: { code: 'UPSTREAM_ERROR', retryable: true },
    }),
  ),
  {
    server: 'OpenAI',
    deviation: 'a key that it does not take',
    behaviour: refusing(openai, 401, {
      error: { message: 'Incorrect API key provided: sk-test-secret.', code: 'invalid_api_key' },
    }),
    expected: { code: 'CAPABILITY_NOT_CONFIGURED', retryable: false },
  },
  {
    server: 'OpenAI',
    deviation: 'a rate limit whose Retry-After lies in the past',
    behaviour: refusing(
      openai,
      429,
      { error: { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' } },
      { 'retry-after': '-43' },
    ),
    expected: { code: 'RATE_LIMITED', retryable: true },
  },
  {
    server: 'vLLM',
    deviation: 'an error of its own shape',
    behaviour: refusing(vllm, 500, {
      object: 'error',
      message: 'CUDA out of memory',
      type: 'InternalServerError',
      code: 500,
    }),
    expected: { code: 'UPSTREAM_ERROR', retryable: true },
  },
  {
    server: 'Gemini',
    deviation: 'a quota refusal as a list',
    behaviour: refusing(gemini, 429, [
      { error: { code: 429, message: 'Quota exceeded.', status: 'RESOURCE_EXHAUSTED' } },
    ]),
    expected: { code: 'RATE_LIMITED' },
  },
  {
    server: 'Gemini',
    deviation: 'a key that it does not take, as a 400',
    behaviour: refusing(gemini, 400, [
      { error: { code: 400, message: 'API key not valid.', status: 'INVALID_ARGUMENT' } },
    ]),
    expected: { code: 'CAPABILITY_NOT_CONFIGURED', retryable: false },
  },
  {
    server: 'Gemini',
    deviation: 'an answer that its filter ends',
    behaviour: withChat(gemini, { cutAfter: 60, finish: 'content_filter' }),
    expected: { code: 'MODEL_REFUSED' },
  },
  {
    server: 'Gemini',
    deviation: 'an answer cut at its limit, by a word of its own',
    behaviour: withChat(gemini, { cutAfter: 90, finish: 'MAX_TOKENS' }),
    expected: { code: 'SCHEMA_VALIDATION_FAILED' },
  },
  {
    server: 'TGI, MLX-LM',
    deviation: 'one JSON answer to a request for a stream',
    behaviour: { ...chatOnly, streams: false },
    expected: 'answered',
  },
  {
    server: 'TGI, MLX-LM',
    deviation: 'an end without a reason',
    behaviour: withChat(chatOnly, { finish: null }),
    expected: 'answered',
  },
  {
    server: 'TGI, MLX-LM',
    deviation: 'an answer cut at its limit',
    behaviour: withChat(chatOnly, { cutAfter: 90, finish: 'length' }),
    expected: { code: 'SCHEMA_VALIDATION_FAILED' },
  },
  {
    server: 'TGI, MLX-LM',
    deviation: 'an error as a chunk of the stream',
    behaviour: withChat(chatOnly, {
      cutAfter: 60,
      failure: { error: { message: 'Model is overloaded', type: 'overloaded' } },
    }),
    expected: { code: 'UPSTREAM_ERROR', retryable: true },
  },
]

const serverOrder = ({ server }: DeviationCase): number =>
  base.findIndex((each) => each.server === server)

/** Every deviation of the suite, server by server. */
export const deviationCases: DeviationCase[] = [...base, ...wordings, ...streams, ...errors].sort(
  (one, other) => serverOrder(one) - serverOrder(other),
)
