import type { AnswerItem } from './answer-items.ts'
import { type AnswerState, claimOf, noteCitations, noteOrigin, sourcesOf } from './answer-state.ts'
import { type Fields, fieldsOf, listOf, textOf } from './loose-json.ts'

/** Text as a string, or as a list of parts. */
const contentOf = (content: unknown): string =>
  typeof content === 'string'
    ? content
    : listOf(content)
        .map(fieldsOf)
        .map(({ text }) => textOf(text) ?? '')
        .join('')

/** The names under which servers stream what a model thinks. */
const thoughtOf = (fields: Fields): string =>
  textOf(fields.reasoning_content) ?? textOf(fields.reasoning) ?? textOf(fields.thinking) ?? ''

/** Pages that a server searched by itself, as some add them beside the choices. */
const noteSearchResults = (state: AnswerState, chunk: Fields): void => {
  const sources = sourcesOf(chunk.search_results)
  if (sources.length > 0) {
    state.searches.set('search_results', { type: 'search', queries: [], sources })
  }
}

/** Some servers write that there is none yet as a word. */
const finishReason = ({ finish_reason }: Fields): string | undefined =>
  finish_reason === 'null' || finish_reason === 'None' ? undefined : textOf(finish_reason)

/**
 * Whether a message beside a delta tells what that tells, or all of the text with every one. Of the latter its
 * length and its end are compared: the whole of it each time would take the square of the answer's time.
 */
const isBeside = (delta: string, { length }: AnswerItem, message: string): boolean =>
  delta !== '' && (message === delta || (message.length === length && message.endsWith(delta)))

/** Reads one chunk of `chat/completions`, or its whole answer when it is not streamed. */
export const readChatChunk = (state: AnswerState, chunk: Fields): void => {
  noteOrigin(state, chunk)
  noteSearchResults(state, chunk)
  const { text } = state
  // One answer is asked for; others would belong to other choices.
  const choice = listOf(chunk.choices)
    .map(fieldsOf)
    .find(({ index }) => index === undefined || index === null || index === 0)
  if (choice === undefined) return
  const item = text.items.announce({ id: 'choice' }, 0)
  const delta = fieldsOf(choice.delta)
  const message = fieldsOf(choice.message)
  for (const part of [delta, message]) {
    const thought = thoughtOf(part)
    if (thought !== '') state.aside(thought)
    const refusal = textOf(part.refusal)
    if (refusal !== undefined) state.refusal ??= { reason: refusal }
    noteCitations(state, item.id, part.annotations)
  }
  const piece = contentOf(delta.content ?? choice.text)
  if (piece !== '') text.delta(item, piece)
  const whole = contentOf(message.content)
  if (whole !== '' && !isBeside(piece, item, whole)) text.whole(item, whole)
  const reason = finishReason(choice)
  const isWhole = typeof choice.message === 'object' && choice.message !== null
  if (reason !== undefined || isWhole) state.ended ??= 'perhaps'
  if (reason !== undefined) state.claim = claimOf(reason)
}
