import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openModel } from '../../../shared/clients/openai/model.ts'
import type { ModelEvent, ModelRequest } from '../../../shared/clients/openai/model-client.ts'
import { StudioError } from '../../../shared/contracts/errors.ts'
import {
  chatEvents,
  completed,
  created,
  messageEvents,
  responsesEvents,
} from '../../support/model-server/dialect-events.ts'
import {
  asStream,
  jsonAnswer,
  type RawAnswer,
  type RawServer,
  startRawServer,
  streamAnswer,
} from '../../support/model-server/raw-server.ts'

type Json = Record<string, unknown>

let server: RawServer
beforeAll(async () => {
  server = await startRawServer()
})
afterAll(() => server.stop())

const text = '{"reply":"동백 핸드크림이군요 🌺","count":3}'
const message = { text }
const format = { name: 'planner_v1', schema: { type: 'object' } }
const request: ModelRequest = {
  model: 'm',
  instructions: 'Be brief.',
  messages: [{ role: 'user', content: '동백 핸드크림을 팔고 있어요' }],
  format,
}
const { format: _, ...prose } = request

interface Read {
  text: string
  asides: string
  events: ModelEvent[]
  failure: StudioError | undefined
  end: Extract<ModelEvent, { type: 'end' }> | undefined
}

const read = async (answer: RawAnswer, asked: ModelRequest = request): Promise<Read> => {
  server.respond(() => answer)
  const model = openModel({ apiKey: async () => 'sk-test-secret', baseUrl: server.url })
  const events: ModelEvent[] = []
  let failure: StudioError | undefined
  try {
    for await (const event of await model.stream(asked, new AbortController().signal)) {
      events.push(event)
    }
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    failure = error
  }
  const joined = (type: 'text' | 'aside'): string =>
    events.flatMap((event) => (event.type === type ? [event.text] : [])).join('')
  const end = events.find((event) => event.type === 'end')
  return { text: joined('text'), asides: joined('aside'), events, failure, end }
}

const whole = responsesEvents(message)
const without = (...types: string[]): Json[] =>
  whole.filter(({ type }) => !types.some((one) => `response.${one}` === type))
const mapped = (change: (event: Json) => Json): Json[] => whole.map(change)
const dropped = (...names: string[]): Json[] =>
  mapped((event) =>
    Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name))),
  )
const lastWith = (more: Json): Json[] => [...whole.slice(0, -1), completed([message], more)]
const deltas = ['output_text.delta']
const closings = ['output_text.done', 'content_part.done']
const half = (kept: number): Json[] =>
  whole.filter(
    ({ type, delta }) =>
      type !== 'response.output_text.delta' || text.indexOf(String(delta)) < kept,
  )
const again: Json = {
  type: 'response.output_text.delta',
  item_id: 'msg_1',
  output_index: 0,
  content_index: 0,
  delta: text,
}
const beforeDone = (extra: Json): Json[] =>
  whole.flatMap((event) => (event.type === 'response.output_text.done' ? [extra, event] : [event]))
const aside = (id: string, index: number): Json[] =>
  messageEvents({ text: 'Let me think {', id, index, phase: 'commentary' })
const bare = (events: Json[], ...names: string[]): Json[] =>
  events.map((event) =>
    Object.fromEntries(Object.entries(event).filter(([name]) => !names.includes(name))),
  )

const counted = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
/** The chunks of chat, each with more, and each of its choices with more. */
const everyChunk = (choice: Json, chunk: Json = {}): (Json & { choices: Json[] })[] =>
  chatEvents(text).map((event) => ({
    ...event,
    ...chunk,
    choices: (event.choices as Json[]).map((one) => ({ ...one, ...choice })),
  }))
/** The same with all of the text up to there as its message. */
const withMessageSoFar = (chunks: ReturnType<typeof everyChunk>): Json[] => {
  let content = ''
  return chunks.map((chunk) => ({
    ...chunk,
    choices: chunk.choices.map((choice) => {
      content += (choice.delta as { content?: string }).content ?? ''
      return { ...choice, message: { role: 'assistant', content } }
    }),
  }))
}

const good: [string, RawAnswer][] = [
  ['the reference', streamAnswer(whole, { names: true })],
  ['no event lines', streamAnswer(whole)],
  ['[DONE] at the end', streamAnswer(whole, { done: true })],
  ['line breaks of two characters', streamAnswer(whole, { names: true, lineEnd: '\r\n' })],
  ['a byte order mark and comments', { chunks: ['\ufeff: hello\n\n', asStream(whole)] }],
  ['no blank line at the end', { chunks: [asStream(whole).trimEnd()] }],
  ['no blank lines at all', { chunks: [asStream(whole).replaceAll('\n\n', '\n')] }],
  [
    'one byte at a time',
    { chunks: [...Buffer.from(asStream(whole))].map((byte) => Buffer.of(byte)) },
  ],
  ['no output_index', streamAnswer(dropped('output_index'))],
  ['no item_id', streamAnswer(dropped('item_id'))],
  ['no content_index', streamAnswer(dropped('content_index'))],
  ['neither', streamAnswer(dropped('item_id', 'output_index', 'content_index'))],
  [
    'an empty item_id',
    streamAnswer(mapped((event) => ({ ...event, ...(event.item_id ? { item_id: '' } : {}) }))),
  ],
  [
    'another item_id on every event',
    streamAnswer(
      whole.map((event, index) => ({
        ...event,
        ...(event.item_id ? { item_id: `x${index}` } : {}),
      })),
    ),
  ],
  [
    'a content_index that grows with every delta',
    streamAnswer(whole.map((event, index) => ({ ...event, content_index: index }))),
  ],
  [
    'text in deltas alone',
    streamAnswer([...without(...closings, 'output_item.done').slice(0, -1), completed([])]),
  ],
  [
    'text in output_text.done alone',
    streamAnswer([
      ...without(...deltas, 'content_part.done', 'output_item.done').slice(0, -1),
      completed([]),
    ]),
  ],
  [
    'text in content_part.done alone',
    streamAnswer([
      ...without(...deltas, 'output_text.done', 'output_item.done').slice(0, -1),
      completed([]),
    ]),
  ],
  [
    'text in output_item.done alone',
    streamAnswer([...without(...deltas, ...closings).slice(0, -1), completed([])]),
  ],
  ['text in the last event alone', streamAnswer([created, completed([message])])],
  [
    'text in the vendor’s convenience field alone',
    streamAnswer([created, completed([], { output_text: text })]),
  ],
  ['half of the text in deltas, the rest in what is done', streamAnswer(half(15))],
  [
    'half of it in deltas, the rest in the last event',
    streamAnswer([
      ...half(15)
        .filter(({ type }) => !/done$/.test(String(type)))
        .slice(0, -1),
      completed([message]),
    ]),
  ],
  [
    'done events without their text',
    streamAnswer(
      mapped((event) =>
        event.type === 'response.output_text.done' ? { ...event, text: '' } : event,
      ),
    ),
  ],
  ['the whole text once more as a last delta', streamAnswer(beforeDone(again))],
  [
    'the whole text once more, and nothing that is done',
    streamAnswer([
      ...beforeDone(again)
        .filter(({ type }) => !/done$/.test(String(type)))
        .slice(0, -1),
      completed([]),
    ]),
  ],
  [
    'deltas that hold all that came before',
    streamAnswer(
      whole.map((event) =>
        event.type === 'response.output_text.delta'
          ? {
              ...event,
              delta: text.slice(0, text.indexOf(String(event.delta)) + String(event.delta).length),
            }
          : event,
      ),
    ),
  ],
  ['no output_item.added', streamAnswer(without('output_item.added', 'content_part.added'))],
  [
    'output_item.added without an item',
    streamAnswer(
      mapped((event) =>
        event.type === 'response.output_item.added' ? { type: event.type, output_index: 0 } : event,
      ),
    ),
  ],
  [
    'output_item.added whose item is null',
    streamAnswer(
      mapped((event) =>
        event.type === 'response.output_item.added' ? { ...event, item: null } : event,
      ),
    ),
  ],
  [
    'events that nothing is known of',
    streamAnswer([{ type: 'response.vendor.thing', x: [null] }, { type: 7 }, {}, ...whole]),
  ],
  [
    'annotations left out',
    streamAnswer(JSON.parse(JSON.stringify(whole).replaceAll(',"annotations":[]', ''))),
  ],
  ['no status', streamAnswer(lastWith({ status: undefined }))],
  ['a status that says incomplete', streamAnswer(lastWith({ status: 'incomplete' }))],
  ['a null reason', streamAnswer(lastWith({ incomplete_details: { reason: null } }))],
  ['a null model', streamAnswer(lastWith({ model: null }))],
  ['no id', streamAnswer(lastWith({ id: undefined }))],
  ['no usage', streamAnswer(lastWith({ usage: null }))],
  ['nothing but [DONE] as the end', streamAnswer(whole.slice(0, -1), { done: true })],
  [
    'commentary at an index of its own',
    streamAnswer([
      created,
      ...aside('a', 0),
      ...messageEvents({ text, index: 1 }),
      completed([{ text: 'Let me think {', id: 'a', phase: 'commentary' }, message]),
    ]),
  ],
  [
    'commentary with the same output_index',
    streamAnswer([created, ...aside('a', 0), ...messageEvents(message), completed([message])]),
  ],
  [
    'commentary without an output_index',
    streamAnswer([
      created,
      ...bare([...aside('a', 0), ...messageEvents(message)], 'output_index'),
      completed([message]),
    ]),
  ],
  [
    'commentary between whose events the answer comes',
    streamAnswer([
      created,
      ...aside('a', 0).slice(0, 4),
      ...messageEvents(message).slice(0, 4),
      ...aside('a', 0).slice(4),
      ...messageEvents(message).slice(4),
      completed([message]),
    ]),
  ],
  [
    'reasoning before the answer',
    streamAnswer([
      created,
      { type: 'response.output_item.added', output_index: 0, item: { type: 'reasoning', id: 'r' } },
      { type: 'response.reasoning_text.delta', item_id: 'r', output_index: 0, delta: 'Hm {' },
      {
        type: 'response.output_item.done',
        output_index: 0,
        item: { type: 'reasoning', id: 'r', summary: [] },
      },
      ...messageEvents(message),
      completed([message]),
    ]),
  ],
  ['JSON in one piece', jsonAnswer((completed([message]) as { response: Json }).response)],
  ['JSON over many lines', { chunks: [JSON.stringify(completed([message]).response, null, 2)] }],
  ['chat chunks', streamAnswer(chatEvents(text), { done: true })],
  ['chat chunks without [DONE]', streamAnswer(chatEvents(text))],
  ['chat without usage', streamAnswer(chatEvents(text).slice(0, -1), { done: true })],
  ...['STOP', 'end_turn', 'eos', 'tool_calls', 'whatever', 'length', 'MAX_TOKENS'].map(
    (finish): [string, RawAnswer] => [
      `chat that ends with ${finish} although the object is whole`,
      streamAnswer(chatEvents(text, { finish })),
    ],
  ),
  [
    'chat whose finish reason is null',
    streamAnswer(chatEvents(text, { finish: null }), { done: true }),
  ],
  [
    'chat with reasoning_content',
    streamAnswer([
      { choices: [{ index: 0, delta: { reasoning_content: 'Hm {' } }] },
      ...chatEvents(text),
    ]),
  ],
  [
    'chat in one piece',
    jsonAnswer({
      id: 'c',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
    }),
  ],
  [
    'chat content in parts',
    streamAnswer([
      { choices: [{ delta: { content: [{ type: 'text', text }] }, finish_reason: 'stop' }] },
    ]),
  ],
  [
    'chat whose last chunk repeats the message',
    streamAnswer([
      ...chatEvents(text).slice(0, -2),
      { choices: [{ delta: {}, message: { content: text }, finish_reason: 'stop' }] },
    ]),
  ],
  [
    'chat that says stop, and counts, with every chunk',
    streamAnswer(everyChunk({ finish_reason: 'stop' }, { usage: counted })),
  ],
  [
    'chat that says "null" for no reason',
    streamAnswer(everyChunk({ finish_reason: 'null' }, { usage: counted }), { done: true }),
  ],
  [
    'chat with a null message beside every delta',
    streamAnswer(everyChunk({ message: null }, { usage: counted })),
  ],
  [
    'chat with the message so far beside every delta',
    streamAnswer(withMessageSoFar(everyChunk({}, { usage: counted }))),
  ],
  [
    'chat with the message so far instead of deltas',
    streamAnswer(
      withMessageSoFar(everyChunk({})).map((chunk) => ({
        ...chunk,
        choices: (chunk.choices as Json[]).map(({ delta: _, ...choice }) => choice),
      })),
    ),
  ],
  [
    'chat with each delta once more as a message beside it',
    streamAnswer(
      everyChunk({}).map((chunk) => ({
        ...chunk,
        choices: chunk.choices.map((choice) => ({ ...choice, message: choice.delta })),
      })),
    ),
  ],
  ['chat with an empty error in every chunk', streamAnswer(everyChunk({}, { error: '' }))],
  ['chat with an error of no fields', streamAnswer(everyChunk({}, { error: {} }))],
  [
    'chat that begins with a code of success',
    streamAnswer([{ code: 0, message: 'Success' }, ...chatEvents(text)]),
  ],
  [
    'Responses with an error of no fields',
    streamAnswer([...whole.slice(0, -1), completed([message], { error: {} })]),
  ],
  [
    'words instead of comments while the model is silent',
    { chunks: ['data: ping\n\ndata: : keep-alive\n\n', asStream(chatEvents(text))] },
  ],
  ...(
    [
      ['gzip', gzipSync],
      ['x-gzip', gzipSync],
      ['deflate', deflateSync],
      ['br', brotliCompressSync],
    ] as const
  ).map(([encoding, compress]): [string, RawAnswer] => [
    `a body that came as ${encoding} although none was asked for`,
    { headers: { 'content-encoding': encoding }, chunks: [compress(asStream(whole))] },
  ]),
  [
    'a compressed stream that stays open behind its end',
    {
      headers: { 'content-encoding': 'gzip' },
      chunks: [gzipSync(asStream(whole, { done: true }), { finishFlush: constants.Z_SYNC_FLUSH })],
      ending: 'stall',
    },
  ],
  ['a stream without a last event', streamAnswer(whole.slice(0, -1))],
  ['chat without a finish reason', streamAnswer(chatEvents(text).slice(0, -2))],
  [
    'a connection that stays open behind the object',
    { ...streamAnswer(chatEvents(text).slice(0, -2)), ending: 'stall' },
  ],
  [
    'the object where the thoughts belong',
    streamAnswer([
      { choices: [{ index: 0, delta: { reasoning_content: text }, finish_reason: null }] },
      ...chatEvents(''),
    ]),
  ],
]

describe('an answer is the same with', () => {
  test.each(good)('%s', async (_, answer) => {
    const { text: answered, end, failure } = await read(answer)
    expect(failure).toBeUndefined()
    expect(answered).toBe(text)
    expect(end?.reason).toBe('complete')
  })
})

test.each(['{"a":{"b":{"c":[1,{}]}}}', '{"{":"{\\"{"}'])(
  'the message so far beside every delta changes nothing, whatever the deltas begin like: %s',
  async (answer) => {
    const chunks = chatEvents(answer, { deltas: answer.length }) as ReturnType<typeof everyChunk>
    const { text: answered, end, failure } = await read(streamAnswer(withMessageSoFar(chunks)))
    expect(failure).toBeUndefined()
    expect(answered).toBe(answer)
    expect(end?.reason).toBe('complete')
  },
)

const wrappings: [string, string][] = [
  ['a fence', `\`\`\`json\n${text}\n\`\`\``],
  ['a fence without a name', `\`\`\`\n${text}\n\`\`\`\n`],
  ['a fence on the same line', `\`\`\`json${text}\`\`\``],
  ['a think block', `<think>\nIs it {"a":1}? Yes.\n</think>\n\n${text}`],
  ['an empty think block', `<think></think>${text}`],
  ['a think block of another kind', `[THINK]hm[/THINK]${text}`],
  ['an end token', `${text}<|im_end|>`],
  ['another end token', `${text}</s>`],
  ['several end tokens', `${text}\n<|eot_id|><|endoftext|>\n`],
  ['a start token with a role', `<|im_start|>assistant\n${text}<|im_end|>`],
  [
    'channels',
    `<|channel|>analysis<|message|>Is it {"a":1}?<|end|><|start|>assistant<|channel|>final<|message|>${text}`,
  ],
  ['a channel with a format', `<|channel|>final <|constrain|>json<|message|>${text}<|return|>`],
  ['all of them', `<think>hm</think>\n\`\`\`json\n${text}\n\`\`\`<|im_end|>`],
  ['itself, once more', `${text}${text}`],
  ['white space', `\n\n  ${text}\n\n`],
]

describe('taken off an object is', () => {
  test.each(wrappings)('%s, wherever the stream is cut', async (_, wrapped) => {
    for (const count of [1, 2, 7, wrapped.length]) {
      const { text: answered, end } = await read(
        streamAnswer(chatEvents(wrapped, { deltas: count })),
      )
      expect(answered).toBe(text)
      expect(end?.reason).toBe('complete')
    }
  })

  test('nothing inside of it', async () => {
    const inner = '{"a":"```json <think> </s> <|im_end|> {","b":"\\"}"}'
    const { text: answered } = await read(streamAnswer(chatEvents(inner, { deltas: 9 })))
    expect(answered).toBe(inner)
  })

  test('nothing that is no wrapping: the reader has to refuse it', async () => {
    for (const other of [`Sure! ${text}`, `${text} Done!`, `${text}{"b":2}`, '물론이죠!']) {
      const { text: answered } = await read(streamAnswer(chatEvents(other, { deltas: 5 })))
      expect(answered.replaceAll(' ', '')).toBe(other.replaceAll(' ', ''))
    }
  })

  test('the text goes out while it comes', async () => {
    const [first, second] = chatEvents(`\`\`\`json\n${text}\n\`\`\``, { deltas: 2 })
    const { text: begun, failure } = await read({
      ...streamAnswer([first, second] as Json[]),
    })
    expect(begun.length).toBeGreaterThan(10)
    expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
  })
})

test('prose loses its thoughts and its end tokens, and nothing else', async () => {
  const written = 'a < b\n\n```\ncode\n```\n<b>x</b>'
  for (const count of [1, 6, 60]) {
    const answer = chatEvents(`<think>hm</think>${written}<|im_end|>`, { deltas: count })
    expect((await read(streamAnswer(answer), prose)).text).toBe(written)
  }
})

describe('an answer that was cut', () => {
  const cut = text.slice(0, 30)
  test.each<[string, RawAnswer]>([
    [
      'says so',
      streamAnswer([
        created,
        ...messageEvents({ text: cut }).slice(0, -3),
        completed([{ text: cut }], {
          status: 'incomplete',
          incomplete_details: { reason: 'max_output_tokens' },
        }),
      ]),
    ],
    ['says completed', streamAnswer(responsesEvents({ text: cut }))],
    ['says stop', streamAnswer(chatEvents(cut))],
    ['says nothing', streamAnswer(chatEvents(cut, { finish: null }), { done: true })],
    ['ends in a thought', streamAnswer(chatEvents('<think>so much to'))],
  ])('is known as such when it %s', async (_, answer) => {
    expect((await read(answer)).end?.reason).toBe('length')
  })

  test('is known by its tokens where it is prose', async () => {
    const asked = { ...prose, maxOutputTokens: 50 }
    expect((await read(streamAnswer(responsesEvents({ text: 'so' })), asked)).end?.reason).toBe(
      'length',
    )
    expect((await read(streamAnswer(responsesEvents({ text: 'so' })), prose)).end?.reason).toBe(
      'complete',
    )
  })
})

test.each(['content_filter', 'SAFETY', 'RECITATION'])('%s is a filter', async (finish) => {
  expect((await read(streamAnswer(chatEvents(text, { finish })))).end?.reason).toBe('filtered')
})

test('prose without an end has none', async () => {
  const { failure } = await read(streamAnswer(whole.slice(0, -1)), prose)
  expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
})

describe('one clear failure, that can be tried again, is', () => {
  test.each<[string, RawAnswer]>([
    [
      'an answer told in two ways',
      streamAnswer([
        created,
        ...messageEvents(message),
        completed([{ text: '{"reply":"다른 말"}' }]),
      ]),
    ],
    [
      'a delta that its item does not hold',
      streamAnswer(beforeDone({ ...again, delta: ' And more.' })),
    ],
    [
      'a message of chat that its deltas do not make',
      streamAnswer([
        ...chatEvents(text).slice(0, -2),
        { choices: [{ delta: {}, message: { content: text.replace('3', '4') } }] },
      ]),
    ],
    ['a stream that ends early', streamAnswer(whole.slice(0, 5))],
    ['chat that ends early', streamAnswer(chatEvents(text).slice(0, -3))],
    ['a torn connection', { ...streamAnswer(whole.slice(0, 5)), ending: 'cut' }],
    ['an event that is no JSON', { chunks: [asStream(whole.slice(0, 4)), 'data: {"type":\n\n'] }],
    ['an empty body', { chunks: [] }],
    [
      'a body that is compressed otherwise than it says',
      { headers: { 'content-encoding': 'gzip' }, chunks: [asStream(whole)] },
    ],
    [
      'a compressed body that was torn off',
      {
        headers: { 'content-encoding': 'gzip' },
        chunks: [gzipSync(asStream(whole)).subarray(0, 200)],
        ending: 'cut',
      },
    ],
    [
      'a page of a proxy',
      { headers: { 'content-type': 'text/html' }, chunks: ['<html>\n<body>Hi</body></html>\n'] },
    ],
  ])('%s', async (_, answer) => {
    const { failure, end } = await read(answer)
    expect(failure).toMatchObject({ code: 'UPSTREAM_ERROR', retryable: true })
    expect(end).toBeUndefined()
  })
})

test('several messages are one answer, with a blank line between their prose', async () => {
  const parts = [
    { text: 'One.', id: 'm1' },
    { text: 'Two.', id: 'm2' },
  ]
  const { text: answered } = await read(streamAnswer(responsesEvents(...parts)), prose)
  expect(answered).toBe('One.\n\nTwo.')
})

test('sources come from the search that ran, and citations know their part', async () => {
  const search = (id: string, action: Json): Json => ({
    type: 'response.output_item.done',
    item: { type: 'web_search_call', id, status: 'completed', action },
  })
  const cited = {
    type: 'output_text',
    text: 'Two.',
    annotations: [
      { type: 'url_citation', url: 'https://a.kr', title: 'A', start_index: 0, end_index: 4 },
    ],
  }
  const events = [
    created,
    search('w1', {
      type: 'search',
      query: '핸드크림',
      queries: ['핸드크림', 'cream'],
      sources: [{ type: 'url', url: 'https://b.kr' }],
    }),
    search('w2', { type: 'open_page', url: 'https://opened.kr' }),
    ...messageEvents({ text: 'One.', id: 'm1' }),
    ...messageEvents({ text: 'Two.', id: 'm2', index: 1 }),
    {
      type: 'response.output_item.done',
      output_index: 1,
      item: { type: 'message', id: 'm2', content: [cited] },
    },
    completed([]),
  ]
  const { events: seen } = await read(streamAnswer(events), prose)
  expect(seen.filter(({ type }) => type === 'search')).toEqual([
    {
      type: 'search',
      queries: ['핸드크림', 'cream'],
      sources: [{ url: 'https://b.kr', title: null }],
    },
  ])
  expect(seen.filter(({ type }) => type === 'citation')).toEqual([
    { type: 'citation', url: 'https://a.kr', title: 'A', end: 4, part: 'm2', partStart: 6 },
  ])
})

test('tokens are told once, also of an answer that fails', async () => {
  const { events } = await read(streamAnswer(whole))
  expect(events.slice(-2)).toMatchObject([
    { type: 'usage', usage: { input_tokens: 100, output_tokens: 50, total_tokens: 150 } },
    { type: 'end', id: 'resp_1', model: 'a-model' },
  ])
  const failed = await read(
    streamAnswer([
      {
        type: 'response.failed',
        response: { usage: { input_tokens: 7 }, error: { code: 'server_error' } },
      },
    ]),
  )
  expect(failed.events).toMatchObject([{ type: 'usage', usage: { total_tokens: 7 } }])
})

test.each([
  ['a count below nothing', { input_tokens: -5, output_tokens: 3 }, undefined],
  ['a count that no answer has', { input_tokens: 1e15, output_tokens: 3 }, undefined],
  ['a part of a token', { prompt_tokens: 1.5, completion_tokens: 3, total_tokens: 5 }, undefined],
  ['a total alone', { total_tokens: 9 }, [9, 0, 9]],
  ['a total and what went out', { completion_tokens: 4, total_tokens: 9 }, [5, 4, 9]],
  [
    'reasoning in the total alone',
    { prompt_tokens: 2, completion_tokens: 3, total_tokens: 9 },
    [2, 7, 9],
  ],
  ['the names of one dialect as null', { input_tokens: null, prompt_tokens: 2 }, [2, 0, 2]],
])('no token is free: %s', async (_, usage, wanted) => {
  const failed = { usage, error: { code: 'server_error' } }
  const { events } = await read(streamAnswer([{ type: 'response.failed', response: failed }]))
  const told = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []))
  const counts = told.map((each) => [each.input_tokens, each.output_tokens, each.total_tokens])
  expect(counts).toEqual(wanted ? [wanted] : [])
})

describe('an answer of hostile size', () => {
  test('of blanks between its values is read without them', async () => {
    const blanks = ' \n'.repeat(100_000)
    const answer = streamAnswer(chatEvents(`{"a":${blanks}1}`, { deltas: 4000 }))
    const { text: answered, end } = await read(answer)
    expect(answered).toMatch(/^\{"a":\s1\}$/)
    expect(end?.reason).toBe('complete')
  })

  test.each([
    ['blanks without an end', `{"a":${'\n'.repeat(400_000)}`],
    ['a number without an end', `{"a":${'9'.repeat(40_000)}}`],
    ['text without an end', `{"a":"${'가'.repeat(1_000_001)}"}`],
  ])('is given up: %s', async (_, endless) => {
    const { failure } = await read(streamAnswer(chatEvents(endless, { deltas: 400 })))
    expect(failure).toMatchObject({
      code: 'SCHEMA_VALIDATION_FAILED',
      errors: [{ path: 'answer' }],
    })
  })
})
