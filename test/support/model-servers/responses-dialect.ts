import { type Fields, idOf, type ModelText, pieces, tokensOf } from './answer.ts'

/** How a server streams an answer of the Responses API; each is as the vendor's own unless it says otherwise. */
export interface ResponsesDialect {
  /** Where the text stands. */
  text?: 'deltas' | 'half in deltas' | 'text.done only' | 'item only' | 'last event only'
  /** The whole text once more, as a last delta. */
  repeatsText?: boolean
  /** Events of finished items come after the last text of all items. */
  lateItems?: boolean
  /** Left out: `output_index` and `content_index`, `item_id`, the last event's status, model, or id. */
  leavesOut?: (
    | 'indexes'
    | 'item ids'
    | 'status'
    | 'model'
    | 'id'
    | 'usage'
    | 'annotations'
    | 'output'
  )[]
  /** Aside and answer come with the same `output_index`. */
  sharesIndex?: boolean
  /** An `output_item.added` that lacks its item comes first. */
  emptyItem?: boolean
  /** The text is cut after this many characters. */
  cutAfter?: number
  /** The last event. */
  ending?: 'completed' | 'incomplete' | 'filtered' | 'none' | Fields
  /** The answer's JSON stands in the reasoning item, and the message is empty. */
  answersInReasoning?: boolean
  /** Items of a hosted search come before the answer. */
  searches?: boolean
}

interface Item {
  added: Fields[]
  text: Fields[]
  done: Fields[]
  finished: Fields
}

const places = (index: number, id: string, { leavesOut = [] }: ResponsesDialect): Fields => ({
  ...(leavesOut.includes('indexes') ? {} : { output_index: index, content_index: 0 }),
  ...(leavesOut.includes('item ids') ? {} : { item_id: id }),
})

const annotationsOf = ({ text, citations = [] }: ModelText): Fields[] =>
  citations.map(({ url, title, after }) => {
    const end = text.indexOf(after) + after.length
    return { type: 'url_citation', url, title, start_index: end - after.length, end_index: end }
  })

const message = (
  index: number,
  answer: ModelText,
  dialect: ResponsesDialect,
  phase?: string,
): Item => {
  const { leavesOut = [], text: form = 'deltas' } = dialect
  const id = idOf('msg_')
  const place = places(index, id, dialect)
  const { output_index } = place
  const at = output_index === undefined ? {} : { output_index }
  const text = answer.text
  const annotations = leavesOut.includes('annotations')
    ? {}
    : { annotations: annotationsOf(answer) }
  const part = { type: 'output_text', text, ...annotations }
  const item = { type: 'message', id, role: 'assistant', ...(phase ? { phase } : {}) }
  const chunks = pieces(text)
  const shown = {
    deltas: chunks,
    'half in deltas': chunks.slice(0, Math.ceil(chunks.length / 2)),
    'text.done only': [],
    'item only': [],
    'last event only': [],
  }[form]
  const deltas = dialect.repeatsText ? [...shown, text] : shown
  const finished = { ...item, status: 'completed', content: [part] }
  const tellsItem = form !== 'last event only' && form !== 'text.done only'
  return {
    added: [
      { type: 'response.output_item.added', ...at, item: { ...item, content: [] } },
      { type: 'response.content_part.added', ...place, part: { ...part, text: '' } },
    ],
    text: deltas.map((delta) => ({ type: 'response.output_text.delta', ...place, delta })),
    done: [
      ...(form === 'item only' || form === 'last event only'
        ? []
        : [{ type: 'response.output_text.done', ...place, text }]),
      ...(tellsItem ? [{ type: 'response.content_part.done', ...place, part }] : []),
      ...(tellsItem ? [{ type: 'response.output_item.done', ...at, item: finished }] : []),
    ],
    finished,
  }
}

const reasoning = (index: number, text: string, dialect: ResponsesDialect): Item => {
  const id = idOf('rs_')
  const place = places(index, id, dialect)
  const item = { type: 'reasoning', id, summary: [] }
  const finished = { ...item, content: [{ type: 'reasoning_text', text }] }
  const { output_index } = place
  const at = output_index === undefined ? {} : { output_index }
  return {
    added: [{ type: 'response.output_item.added', ...at, item }],
    text: pieces(text).map((delta) => ({
      type: 'response.reasoning_text.delta',
      ...place,
      delta,
    })),
    done: [{ type: 'response.output_item.done', ...at, item: finished }],
    finished,
  }
}

const search = (index: number, answer: ModelText): Item => {
  const sources = (answer.citations ?? []).map(({ url }) => ({ type: 'url', url }))
  const id = idOf('ws_')
  const action = { type: 'search', query: 'launch', sources }
  const item = { type: 'web_search_call', id, status: 'completed', action }
  return {
    added: [
      { type: 'response.output_item.added', output_index: index, item: { ...item, action: null } },
    ],
    text: [],
    done: [{ type: 'response.output_item.done', output_index: index, item }],
    finished: item,
  }
}

const itemsOf = (answer: ModelText, dialect: ResponsesDialect): Item[] => {
  const { answersInReasoning, sharesIndex, searches } = dialect
  if (answersInReasoning) {
    return [reasoning(0, answer.text, dialect), message(1, { ...answer, text: '' }, dialect)]
  }
  const before = answer.thought === undefined ? [] : [reasoning(0, answer.thought, dialect)]
  const found = searches ? [search(before.length, answer)] : []
  const index = sharesIndex ? 0 : before.length + found.length
  return [...before, ...found, message(index, answer, dialect)]
}

/** The events of one streamed answer, in a server's dialect. */
export const responsesEvents = (
  model: string,
  answer: ModelText,
  dialect: ResponsesDialect = {},
): Fields[] => {
  const { leavesOut = [], lateItems, emptyItem, cutAfter, ending = 'completed' } = dialect
  const cut = cutAfter === undefined ? answer : { ...answer, text: answer.text.slice(0, cutAfter) }
  const items = itemsOf(cut, dialect)
  const tokens = tokensOf(answer)
  const response = {
    ...(leavesOut.includes('id') ? {} : { id: idOf('resp_') }),
    object: 'response',
    ...(leavesOut.includes('model') ? {} : { model }),
  }
  const last = {
    ...response,
    ...(leavesOut.includes('output') ? {} : { output: items.map(({ finished }) => finished) }),
    ...(leavesOut.includes('usage')
      ? {}
      : {
          usage: {
            input_tokens: tokens.input,
            output_tokens: tokens.output,
            total_tokens: tokens.input + tokens.output,
          },
        }),
  }
  const status = (name: string) => (leavesOut.includes('status') ? {} : { status: name })
  const endings: Record<string, Fields[]> = {
    completed: [{ type: 'response.completed', response: { ...last, ...status('completed') } }],
    incomplete: [
      {
        type: 'response.incomplete',
        response: {
          ...last,
          ...status('incomplete'),
          incomplete_details: { reason: 'max_output_tokens' },
        },
      },
    ],
    filtered: [
      {
        type: 'response.incomplete',
        response: {
          ...last,
          ...status('incomplete'),
          incomplete_details: { reason: 'content_filter' },
        },
      },
    ],
    none: [],
  }
  return [
    { type: 'response.created', response: { ...response, status: 'in_progress' } },
    ...(emptyItem ? [{ type: 'response.output_item.added', output_index: 0 }] : []),
    ...items.flatMap(({ added, text, done }) => [...added, ...text, ...(lateItems ? [] : done)]),
    ...(lateItems ? items.flatMap(({ done }) => done) : []),
    ...(typeof ending === 'string' ? (endings[ending] ?? []) : [ending]),
  ]
}
