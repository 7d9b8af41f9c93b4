import { streamLimits } from '../../rules/model-limits.ts'
import { answering } from './answer-items.ts'
import { type AnswerState, claimOf, noteCitations, noteOrigin, sourcesOf } from './answer-state.ts'
import type { FinalItem } from './answer-text.ts'
import { type Fields, fieldsOf, listOf, nameOf, textOf, wholeNumberOf } from './loose-json.ts'

const isText = ({ type }: Fields): boolean =>
  type === undefined || type === 'output_text' || type === 'text'

const partsOf = (item: Fields): Fields[] =>
  typeof item.content === 'string' ? [{ text: item.content }] : listOf(item.content).map(fieldsOf)

const finalItem = (item: Fields): FinalItem => ({
  item,
  text: partsOf(item)
    .filter(isText)
    .map((part) => textOf(part.text) ?? '')
    .join(''),
})

const refuse = (state: AnswerState, reason: string | undefined): void => {
  state.refusal ??= { reason: reason ?? null }
}

/** A hosted search that ran: its call is an item of its own. */
const noteSearch = (state: AnswerState, item: Fields): void => {
  const action = fieldsOf(item.action)
  if (item.status === 'failed' || (action.type ?? 'search') !== 'search') return
  const sources = sourcesOf(action.sources)
  const queries = [action.query, ...listOf(action.queries)].flatMap((query) => nameOf(query) ?? [])
  const id = textOf(item.id) ?? `search_${state.searches.size}`
  if (state.searches.size >= streamLimits.sources && !state.searches.has(id)) return
  state.searches.set(id, { type: 'search', queries: [...new Set(queries)], sources })
}

/** What a finished item tells beside its text. */
const noteItem = (state: AnswerState, item: Fields, id: string): void => {
  if (item.type === 'web_search_call') noteSearch(state, item)
  if (item.type === 'reasoning' && state.thought.length === 0) {
    state.aside(
      partsOf(item)
        .map(({ text }) => textOf(text) ?? '')
        .join(''),
    )
  }
  if (!answering(item)) return
  for (const part of partsOf(item)) {
    if (part.type === 'refusal') refuse(state, textOf(part.refusal))
    else noteCitations(state, id, part.annotations)
  }
}

const itemDone = (state: AnswerState, event: Fields): void => {
  const item = fieldsOf(event.item)
  if (event.item === undefined || event.item === null) return
  const final = finalItem(item)
  const isMessage = item.type === undefined || item.type === 'message'
  if (!isMessage) {
    noteItem(state, item, '')
    return
  }
  const found = state.text.items.finished(item, wholeNumberOf(event.output_index), final.text)
  state.text.finish(found, final)
  noteItem(state, item, found.id)
}

const partDone = (state: AnswerState, event: Fields, part: Fields): void => {
  if (part.type === 'refusal') refuse(state, textOf(part.refusal))
  if (!isText(part)) return
  const text = textOf(part.text) ?? ''
  const item = state.text.items.of(event, text)
  state.text.part(item, text, wholeNumberOf(event.content_index))
  noteCitations(state, item.id, part.annotations)
}

/** The answer as a whole: of the last event, or a body that was not streamed. */
export const readResponse = (state: AnswerState, response: Fields): void => {
  noteOrigin(state, response)
  const items = listOf(response.output).map(fieldsOf)
  const messages = items.filter(({ type }) => type === undefined || type === 'message')
  const finals = messages.map(finalItem)
  // Some servers give the text in the convenience field of the vendor's client alone.
  const bare = textOf(response.output_text)
  if (finals.every(({ text }) => text === '') && bare !== undefined) {
    finals.push({ item: {}, text: bare })
  }
  state.text.final(finals)
  // Citations count for the item of the same id, or else of the same place.
  const known = state.text.items.all.filter(({ answers }) => answers)
  const answers = messages.filter(answering)
  for (const item of items) {
    const place = known[answers.indexOf(item)]
    const id = known.find((one) => one.id === item.id)?.id ?? place?.id
    noteItem(state, item, id ?? '')
  }
  const reason = textOf(fieldsOf(response.incomplete_details).reason)
  if (reason !== undefined) state.claim = claimOf(reason)
  else if (response.status === 'incomplete') state.claim = 'length'
  else state.claim = 'complete'
  state.ended = 'surely'
}

const reasoningDelta = /^response\.reasoning.*\.delta$/

/** Reads one event of the Responses API. Kinds that are not known are passed over. */
export const readResponsesEvent = (state: AnswerState, type: string, event: Fields): void => {
  if (reasoningDelta.test(type)) {
    state.aside(textOf(event.delta) ?? textOf(fieldsOf(event.delta).text) ?? '')
    return
  }
  switch (type) {
    case 'response.created':
    case 'response.in_progress':
    case 'response.queued':
      noteOrigin(state, fieldsOf(event.response))
      return
    case 'response.output_item.added':
      if (typeof event.item === 'object' && event.item !== null) {
        state.text.items.announce(fieldsOf(event.item), wholeNumberOf(event.output_index))
      }
      return
    case 'response.output_text.delta':
      state.text.delta(
        state.text.items.of(event),
        textOf(event.delta) ?? textOf(fieldsOf(event.delta).text) ?? '',
      )
      return
    case 'response.output_text.done':
      partDone(state, event, { text: event.text })
      return
    case 'response.content_part.done':
      partDone(state, event, fieldsOf(event.part))
      return
    case 'response.output_item.done':
      itemDone(state, event)
      return
    case 'response.output_text.annotation.added':
      noteCitations(state, state.text.items.of(event).id, [event.annotation])
      return
    case 'response.refusal.delta':
    case 'response.refusal.done':
      refuse(state, textOf(event.refusal))
      return
    case 'response.completed':
    case 'response.incomplete':
    case 'response.done':
      readResponse(state, fieldsOf(event.response ?? event))
  }
}
