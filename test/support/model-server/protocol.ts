import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Citation, StreamedAnswer } from './answers.ts'
import { sendRaw } from './raw-server.ts'

type Fields = Record<string, unknown>

const newId = (prefix: string): string => `${prefix}_${randomUUID().replaceAll('-', '')}`

const annotationsOf = (text: string, citations: Citation[]): Fields[] =>
  citations.map(({ url, title, after, countedIn }) => {
    const found = text.indexOf(after)
    const end = found < 0 ? text.length : found + after.length
    const indexOf = (place: number): number => {
      const before = text.slice(0, place)
      if (countedIn === 'bytes') return Buffer.byteLength(before)
      return countedIn === undefined ? place : [...before].length
    }
    return {
      type: 'url_citation',
      url,
      title,
      start_index: indexOf(Math.max(0, end - after.length)),
      end_index: indexOf(end),
    }
  })

/** The vendor's stream of events for one answer, up to the point at which it goes wrong. */
function* eventsOf(answer: StreamedAnswer, model: string): Generator<Fields> {
  const { chunks, refusal, aside, sources, citations = [], ending = 'completed' } = answer
  const response = { id: newId('resp'), object: 'response', created_at: 0, model }
  const output: Fields[] = []
  yield { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } }

  if (sources) {
    const item = { type: 'web_search_call', id: newId('ws') }
    const place = { output_index: output.length, item_id: item.id }
    const action = {
      type: 'search',
      query: 'launch',
      sources: sources.map((url) => ({ type: 'url', url })),
    }
    yield { type: 'response.output_item.added', ...place, item: { ...item, status: 'in_progress' } }
    yield { type: 'response.web_search_call.searching', ...place }
    yield { type: 'response.web_search_call.completed', ...place }
    output.push({ ...item, status: 'completed', action })
    yield { type: 'response.output_item.done', ...place, item: output.at(-1) }
  }
  if (aside !== undefined) {
    yield* message(output, [aside], [], { phase: 'commentary' })
  }
  if (refusal !== undefined) {
    yield* refusing(output, refusal)
  } else {
    const annotations = annotationsOf(chunks.join(''), citations)
    const sent = answer.endAfter === undefined ? chunks : chunks.slice(0, answer.endAfter)
    const whole = answer.endAfter === undefined
    yield* message(output, sent, annotations, {}, whole)
  }

  const usage = { input_tokens: 100, output_tokens: 50, ...answer.usage }
  const counted = { ...usage, total_tokens: usage.input_tokens + usage.output_tokens }
  const last =
    answer.leavesOut === 'summary'
      ? { ...response, output: [] }
      : { ...response, output, usage: counted }
  const incomplete = (reason: string): Fields => ({
    type: 'response.incomplete',
    response: { ...last, status: 'incomplete', incomplete_details: { reason } },
  })
  const error = { code: answer.code ?? 'server_error', message: 'The model is unwell.' }
  if (ending === 'completed') {
    yield { type: 'response.completed', response: { ...last, status: 'completed' } }
  }
  if (ending === 'mislabelled') {
    yield { type: 'response.completed', response: { ...last, status: 'incomplete' } }
  }
  if (ending === 'incomplete') yield incomplete('max_output_tokens')
  if (ending === 'content-filter') yield incomplete('content_filter')
  if (ending === 'failed') {
    yield { type: 'response.failed', response: { ...last, status: 'failed', error } }
  }
  if (ending === 'error') yield { type: 'error', ...error, param: null }
}

function* message(
  output: Fields[],
  chunks: string[],
  annotations: Fields[],
  extra: Fields,
  whole = true,
): Generator<Fields> {
  const item = { type: 'message', id: newId('msg'), role: 'assistant', ...extra }
  const place = { output_index: output.length, item_id: item.id, content_index: 0 }
  const text = chunks.join('')
  const part = (words: string, found: Fields[]): Fields => ({
    type: 'output_text',
    text: words,
    annotations: found,
  })
  yield {
    type: 'response.output_item.added',
    output_index: place.output_index,
    item: { ...item, status: 'in_progress', content: [] },
  }
  yield { type: 'response.content_part.added', ...place, part: part('', []) }
  for (const delta of chunks) yield { type: 'response.output_text.delta', ...place, delta }
  const done = { ...item, status: 'completed', content: [part(text, annotations)] }
  output.push(done)
  if (!whole) return
  for (const [annotation_index, annotation] of annotations.entries()) {
    yield { type: 'response.output_text.annotation.added', ...place, annotation_index, annotation }
  }
  yield { type: 'response.output_text.done', ...place, text }
  yield { type: 'response.content_part.done', ...place, part: part(text, annotations) }
  yield { type: 'response.output_item.done', output_index: place.output_index, item: done }
}

function* refusing(output: Fields[], refusal: string): Generator<Fields> {
  const item = { type: 'message', id: newId('msg'), role: 'assistant' }
  const place = { output_index: output.length, item_id: item.id, content_index: 0 }
  const done = { ...item, status: 'completed', content: [{ type: 'refusal', refusal }] }
  yield {
    type: 'response.output_item.added',
    output_index: place.output_index,
    item: { ...item, status: 'in_progress', content: [] },
  }
  yield { type: 'response.refusal.delta', ...place, delta: refusal }
  yield { type: 'response.refusal.done', ...place, refusal }
  output.push(done)
  yield { type: 'response.output_item.done', output_index: place.output_index, item: done }
}

const isDelta = (event: Fields): boolean => event.type === 'response.output_text.delta'

const isAboutItems = ({ type }: Fields): boolean =>
  typeof type === 'string' && /output_item|refusal|annotation/.test(type)

/** Sends a stream's events with their pauses; resolves when the last of them is on its way. */
const sendEvents = async (
  answer: StreamedAnswer,
  model: string,
  response: ServerResponse,
): Promise<void> => {
  let sequence = 0
  let deltas = 0
  let onItsWay = Promise.resolve()
  for (const event of eventsOf(answer, model)) {
    if (answer.leavesOut === 'items' && isAboutItems(event)) continue
    if (isDelta(event)) {
      const wait = deltas === 0 ? answer.pace?.first : answer.pace?.between
      if (wait) await sleep(wait)
      deltas += 1
    }
    if (isDelta(event) && answer.onDelta) await answer.onDelta(deltas - 1)
    if (response.destroyed) return
    const data = JSON.stringify({ ...event, sequence_number: sequence })
    onItsWay = new Promise((resolve) => {
      response.write(`event: ${event.type}\ndata: ${data}\n\n`, () => resolve())
    })
    sequence += 1
  }
  await onItsWay
}

/** Sends one answer as the Responses API does; resolves when it has been sent or the reader left. */
export const sendAnswer = async (
  answer: Answer,
  model: string,
  response: ServerResponse,
): Promise<void> => {
  if (answer.kind === 'silence') return
  if (answer.kind === 'raw') return sendRaw(answer.answer, response)
  if (answer.kind === 'status') {
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    response.end(JSON.stringify(answer.body))
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.flushHeaders()
  await sendEvents(answer, model, response)
  if (response.destroyed) return
  if (answer.ending === 'garbled') response.write('event: response.completed\ndata: {"type":\n\n')
  if (answer.ending === 'stall') return
  if (answer.ending === 'cut') response.destroy()
  else {
    if (answer.pace?.end) await sleep(answer.pace.end)
    response.end()
  }
}
