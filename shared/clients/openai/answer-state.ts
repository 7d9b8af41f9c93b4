import type { Usage } from '../../contracts/provenance.ts'
import { streamLimits } from '../../rules/model-limits.ts'
import { type AnswerText, createAnswerText } from './answer-text.ts'
import { type Fields, fieldsOf, listOf, nameOf, textOf, wholeNumberOf } from './loose-json.ts'
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
  /** A last event or `[DONE]` has come, or only a finish reason, which some servers give with every chunk. */
  ended: 'surely' | 'perhaps' | undefined
  /** Undefined while the model has not refused. */
  refusal: { reason: string | null } | undefined
  /** What was thought, kept where it may turn out to be the answer. */
  thought: string[]
  searches: Map<string, Extract<ModelEvent, { type: 'search' }>>
  /** By item, and there by page and place. */
  citations: Map<string, Map<string, Cited>>
  aside(text: string): void
}

export const createAnswerState = (asked: 'object' | 'prose'): AnswerState => ({
  asked,
  text: createAnswerText(asked),
  id: null,
  model: null,
  usage: undefined,
  claim: undefined,
  ended: undefined,
  refusal: undefined,
  thought: [],
  searches: new Map(),
  citations: new Map(),
  aside(text) {
    this.text.aside(text)
    this.thought.push(text)
  },
})

const tokensOf = (value: unknown): number | undefined => {
  const tokens = wholeNumberOf(value)
  return tokens !== undefined && tokens <= streamLimits.tokens ? tokens : undefined
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

/**
 * Tokens in either dialect's names. Undefined when nothing was counted, and when a count is none: what it
 * stands for was used, and counting it as nothing would make it free.
 */
export const usageOf = (value: unknown): Usage | undefined => {
  const fields = fieldsOf(value)
  const given = [
    fields.input_tokens ?? fields.prompt_tokens,
    fields.output_tokens ?? fields.completion_tokens,
    fields.total_tokens,
  ]
  if (given.some((count) => isGiven(count) && tokensOf(count) === undefined)) return undefined
  const [said, output = 0, total = 0] = given.map(tokensOf)
  const input = said ?? Math.max(0, total - output)
  // What stands in the total alone is reasoning, which is charged as output.
  const all = Math.max(total, input + output)
  return all === 0
    ? undefined
    : { input_tokens: input, output_tokens: all - input, total_tokens: all }
}

/** Reads id, model and usage wherever they stand. */
export const noteOrigin = (state: AnswerState, fields: Fields): void => {
  state.id = nameOf(fields.id) ?? state.id
  state.model = nameOf(fields.model) ?? state.model
  state.usage = usageOf(fields.usage) ?? state.usage
}

/** The pages that a search names. */
export const sourcesOf = (list: unknown): { url: string; title: string | null }[] =>
  listOf(list)
    .slice(0, streamLimits.sources)
    .flatMap((source) => {
      const { url, title } = fieldsOf(source)
      return typeof url === 'string' ? [{ url, title: nameOf(title) ?? null }] : []
    })

/** The pages in an entry's annotations: `{url, …}`, or nested in `url_citation`. */
export const noteCitations = (state: AnswerState, item: string, annotations: unknown): void => {
  const noted = state.citations.get(item) ?? new Map<string, Cited>()
  for (const annotation of listOf(annotations)) {
    const outer = fieldsOf(annotation)
    if (outer.type !== undefined && outer.type !== 'url_citation') continue
    const fields = { ...outer, ...fieldsOf(outer.url_citation) }
    const url = textOf(fields.url)
    if (url === undefined) continue
    const end = wholeNumberOf(fields.end_index) ?? null
    const place = `${end} ${url}`
    const title = nameOf(fields.title) ?? null
    const known = noted.get(place)
    if (known) known.title ??= title
    else if (noted.size < streamLimits.sources) noted.set(place, { url, title, end })
  }
  if (noted.size > 0) state.citations.set(item, noted)
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
