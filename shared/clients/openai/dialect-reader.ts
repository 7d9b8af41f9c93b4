import { StudioError } from '../../contracts/errors.ts'
import { streamLimits } from '../../rules/model-limits.ts'
import { type AnswerState, createAnswerState, usageOf } from './answer-state.ts'
import { wholeObject } from './answer-wrapping.ts'
import { readChatChunk } from './chat-dialect.ts'
import { failureIn } from './failure-in-stream.ts'
import { fieldsOf, textOf } from './loose-json.ts'
import type { ModelEvent, ModelRequest } from './model-client.ts'
import { readResponse, readResponsesEvent } from './responses-dialect.ts'
import type { Payload } from './server-payloads.ts'

const tooManyEvents = (): StudioError =>
  new StudioError('UPSTREAM_ERROR', "The model's stream has more events than any answer needs.")

const endedEarly = (): StudioError =>
  new StudioError('UPSTREAM_ERROR', "The model's stream ended before its answer did.")

/**
 * How far an answer has come. It `may go on` after a finish reason when the object that was asked for is
 * not whole; it `may end` when that is whole, and no word of an end has come; it `may be counted` when only
 * its tokens are missing, which some servers send afterwards.
 */
export type Progress = 'goes on' | 'may go on' | 'may end' | 'may be counted' | 'over'

/** Reads one message of either dialect, told apart by what it holds. */
const readData = (state: AnswerState, name: string | undefined, data: unknown): void => {
  const fields = fieldsOf(data)
  const type = textOf(fields.type) ?? name ?? ''
  state.usage = usageOf(fields.usage) ?? usageOf(fieldsOf(fields.response).usage) ?? state.usage
  const failure = failureIn(fields, type)
  if (failure) throw failure
  if (Array.isArray(fields.choices)) readChatChunk(state, fields)
  else if (fields.object === 'response') readResponse(state, fields)
  else readResponsesEvent(state, type, fields)
}

function* foundEvents(state: AnswerState): Generator<ModelEvent> {
  yield* state.searches.values()
  for (const [item, cited] of state.citations) {
    const partStart = state.text.starts.get(item) ?? 0
    for (const one of cited.values()) yield { type: 'citation', ...one, part: item, partStart }
  }
}

/**
 * Turns the messages of a server, in whatever dialect, into the events of one answer. After a failure,
 * `usage` still gives what had been counted.
 */
export const createAnswerReader = (request: ModelRequest) => {
  const state = createAnswerState(request.format === undefined ? 'prose' : 'object')
  let events = 0
  let refused = false
  let counted = false
  /** The server has said that nothing more will come. */
  let closed = false

  /** What the answer is, by all that has come; the server's word counts only where nothing else tells. */
  const reasonOf = (came: 'whole' | 'cut' | 'other'): 'complete' | 'length' | 'filtered' => {
    if (state.claim === 'filtered') return 'filtered'
    if (came === 'whole') return 'complete'
    if (came === 'cut') return 'length'
    const limit = request.maxOutputTokens
    if (limit !== undefined && (state.usage?.output_tokens ?? 0) >= limit) return 'length'
    return state.claim ?? 'complete'
  }

  return {
    progress: (): Progress => {
      const isWhole = state.text.isWhole()
      if (state.ended === undefined) return isWhole ? 'may end' : 'goes on'
      if (closed) return 'over'
      const surely = state.ended === 'surely' || isWhole
      if (surely && state.usage !== undefined) return 'over'
      const mayGoOn = !surely && state.asked === 'object' && state.claim !== 'length'
      return mayGoOn ? 'may go on' : 'may be counted'
    },
    usage: (): ModelEvent[] => {
      if (state.usage === undefined || counted) return []
      counted = true
      return [{ type: 'usage', usage: state.usage }]
    },
    /** @throws StudioError what the message reports, or that it contradicts the ones before */
    *read(payload: Payload): Generator<ModelEvent> {
      events += 1
      if (events > streamLimits.events) throw tooManyEvents()
      if (payload === 'done') {
        state.ended = 'surely'
        closed = true
        return
      }
      const messages = Array.isArray(payload.data) ? payload.data : [payload.data]
      for (const data of messages) readData(state, payload.event, data)
      yield* state.text.take()
      if (state.refusal && !refused) {
        refused = true
        yield { type: 'refusal', ...state.refusal }
      }
    },
    /** The rest of the answer, its sources and its end. @throws StudioError for an answer without one */
    *end(): Generator<ModelEvent> {
      if (state.ended === undefined && !state.text.isWhole()) throw endedEarly()
      const { came, sent } = state.text.end()
      yield* state.text.take()
      // Some servers put the object that was asked for where the model's thoughts belong.
      const elsewhere =
        state.asked === 'object' && sent === 0 ? wholeObject(state.thought.join('')) : undefined
      if (elsewhere !== undefined) yield { type: 'text', text: elsewhere }
      yield* foundEvents(state)
      yield* this.usage()
      const reason = reasonOf(elsewhere === undefined ? came : 'whole')
      yield { type: 'end', id: state.id, model: state.model, reason }
    },
  }
}
