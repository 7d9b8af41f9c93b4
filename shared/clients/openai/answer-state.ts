import type { Usage } from '../../contracts/provenance.ts'
import { type AnswerText, createAnswerText } from './answer-text.ts'
import { type Fields, fieldsOf, listOf, textOf, wholeNumberOf } from './loose-json.ts'
import type { ModelEvent } from './model-client.ts'

/** Why a server says that it stopped. */
export type Claim = 'complete' | 'length' | 'filtered'

interface Cited {
  url: string
  title: string | null
  end: number | null
}

/** All that has been received of one answer, whatever the dialect. */
export interface AnswerState {
  asked: 'object' | 'prose'
  text: AnswerText
  id: string | null
  model: string | null
  usage: Usage | undefined
  claim: Claim | undefined
  /** A last event, a finish reason or `[DONE]` has come. */
  ended: boolean
  /** Undefined while the model has not refused. */
  refusal: { reason: string | null } | undefined
  /** What was thought, kept where it may turn out to be the answer. */
  thought: string[]
  searches: Map<string, Extract<ModelEvent, { type: 'search' }>>
  /** By item. */
  citations: Map<string, Cited[]>
  aside(text: string): void
}

export const createAnswerState = (asked: 'object' | 'prose'): AnswerState => ({
  asked,
  text: createAnswerText(asked),
  id: null,
  model: null,
  usage: undefined,
  claim: undefined,
  ended: false,
  refusal: undefined,
  thought: [],
  searches: new Map(),
  citations: new Map(),
  aside(text) {
    this.text.aside(text)
    this.thought.push(text)
  },
})

/** Tokens in either dialect's names. Undefined when nothing was counted. */
export const usageOf = (value: unknown): Usage | undefined => {
  const fields = fieldsOf(value)
  const input = wholeNumberOf(fields.input_tokens) ?? wholeNumberOf(fields.prompt_tokens) ?? 0
  const output = wholeNumberOf(fields.output_tokens) ?? wholeNumberOf(fields.completion_tokens) ?? 0
  const total = wholeNumberOf(fields.total_tokens) || input + output
  return total === 0
    ? undefined
    : { input_tokens: input, output_tokens: output, total_tokens: total }
}

/** Reads id, model and usage wherever they stand. */
export const noteOrigin = (state: AnswerState, fields: Fields): void => {
  state.id = textOf(fields.id) ?? state.id
  state.model = textOf(fields.model) ?? state.model
  state.usage = usageOf(fields.usage) ?? state.usage
}

/** The pages in an entry's annotations: `{url, …}`, or nested in `url_citation`. */
export const noteCitations = (state: AnswerState, item: string, annotations: unknown): void => {
  const noted = state.citations.get(item) ?? []
  for (const annotation of listOf(annotations)) {
    const outer = fieldsOf(annotation)
    if (outer.type !== undefined && outer.type !== 'url_citation') continue
    const fields = { ...outer, ...fieldsOf(outer.url_citation) }
    const url = textOf(fields.url)
    if (url === undefined) continue
    const end = wholeNumberOf(fields.end_index) ?? null
    const known = noted.find((one) => one.url === url && one.end === end)
    if (known) known.title ??= textOf(fields.title) ?? null
    else noted.push({ url, title: textOf(fields.title) ?? null, end })
  }
  if (noted.length > 0) state.citations.set(item, noted)
}

const claims: [Claim, RegExp][] = [
  ['length', /length|max_?(output_?)?tokens|token_?limit|context_window/i],
  [
    'filtered',
    /filter|safety|recitation|prohibited|blocklist|spii|refus|guardrail|moderation|sensitive/i,
  ],
]

/** What a finish reason says, in whatever words. */
export const claimOf = (reason: string): Claim =>
  claims.find(([, words]) => words.test(reason))?.[0] ?? 'complete'
