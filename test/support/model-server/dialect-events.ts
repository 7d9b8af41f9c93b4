type Json = Record<string, unknown>

const usage = { input_tokens: 100, output_tokens: 50, total_tokens: 150 }

/** Pieces of a text of some characters each. */
const pieces = (text: string, count: number): string[] => {
  const size = Math.max(1, Math.ceil(text.length / count))
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )
}

interface Message {
  text: string
  id?: string
  index?: number
  phase?: string
  /** In how many deltas it comes; 0 for none. */
  deltas?: number
}

const itemOf = ({ text, id = 'msg_1', phase }: Message, status: string): Json => ({
  type: 'message',
  id,
  role: 'assistant',
  status,
  ...(phase === undefined ? {} : { phase }),
  content: status === 'completed' ? [{ type: 'output_text', text, annotations: [] }] : [],
})

/** The events of one message, as the Responses API sends them. */
export const messageEvents = (message: Message): Json[] => {
  const { text, id = 'msg_1', index = 0, deltas = 3 } = message
  const place = { output_index: index, item_id: id, content_index: 0 }
  const part = (words: string): Json => ({ type: 'output_text', text: words, annotations: [] })
  return [
    {
      type: 'response.output_item.added',
      output_index: index,
      item: itemOf(message, 'in_progress'),
    },
    { type: 'response.content_part.added', ...place, part: part('') },
    ...(deltas === 0 ? [] : pieces(text, deltas)).map((delta) => ({
      type: 'response.output_text.delta',
      ...place,
      delta,
    })),
    { type: 'response.output_text.done', ...place, text },
    { type: 'response.content_part.done', ...place, part: part(text) },
    {
      type: 'response.output_item.done',
      output_index: index,
      item: itemOf(message, 'completed'),
    },
  ]
}

const response = { id: 'resp_1', object: 'response', model: 'a-model', error: null }

/** The last event, with all items once more. */
export const completed = (messages: readonly Message[], more: Json = {}): Json => ({
  type: 'response.completed',
  response: {
    ...response,
    status: 'completed',
    incomplete_details: null,
    output: messages.map((message) => itemOf(message, 'completed')),
    usage,
    ...more,
  },
})

export const created: Json = {
  type: 'response.created',
  response: { ...response, status: 'in_progress', output: [] },
}

/** A whole answer in the reference dialect. */
export const responsesEvents = (...messages: Message[]): Json[] => [
  created,
  ...messages.flatMap((message, index) => messageEvents({ index, ...message })),
  completed(messages),
]

/** A whole answer of `chat/completions`. */
export const chatEvents = (
  text: string,
  { finish = 'stop', deltas = 3 }: { finish?: string | null; deltas?: number } = {},
): Json[] => {
  const chunk = (choice: Json): Json => ({
    id: 'chatcmpl_1',
    object: 'chat.completion.chunk',
    model: 'a-model',
    choices: [{ index: 0, finish_reason: null, ...choice }],
  })
  return [
    chunk({ delta: { role: 'assistant', content: '' } }),
    ...pieces(text, deltas).map((content) => chunk({ delta: { content } })),
    chunk({ delta: {}, finish_reason: finish }),
    {
      id: 'chatcmpl_1',
      object: 'chat.completion.chunk',
      model: 'a-model',
      choices: [],
      usage: { prompt_tokens: 100, completion_tokens: 50, total_tokens: 150 },
    },
  ]
}
