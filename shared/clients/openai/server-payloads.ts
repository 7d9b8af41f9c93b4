import { StudioError } from '../../contracts/errors.ts'
import { streamLimits } from '../../rules/model-limits.ts'
import { parsedJson } from './loose-json.ts'

/** One message of a server's stream, or its word that no more will come. */
export type Payload = { event: string | undefined; data: unknown } | 'done'

const unreadable = (what: string): StudioError =>
  new StudioError('UPSTREAM_ERROR', `The model's server sent ${what}.`)

interface Event {
  name: string | undefined
  lines: string[]
}

/** What some servers send as data while the model is silent: `ping`, `: heartbeat`, `[KEEP-ALIVE]`. */
const keepAlive = /^[\s:[]*(?:ping|heart-?beat|keep[-_ ]?alive|processing)[\s\].]*$/i

/** What an event's data say. Some servers leave out the blank line between two events. */
function* payloadsOf({ name, lines }: Event): Generator<Payload> {
  const text = lines.join('\n').trim()
  if (text === '') return
  if (text === '[DONE]') {
    yield 'done'
    return
  }
  const data = parsedJson(text)
  if (data !== undefined) {
    yield { event: name, data }
    return
  }
  if (lines.length === 1 && name !== 'error' && keepAlive.test(text)) return
  if (lines.length === 1) throw unreadable('an event that is no JSON')
  for (const line of lines) yield* payloadsOf({ name, lines: [line] })
}

/** The data that a failure has in other streams, of what follows `error:` where others write `data:`. */
const failureData = (value: string): string =>
  `{"error":${parsedJson(value) === undefined ? JSON.stringify(value) : value}}`

/** Reads a field of an event into it. A line of JSON alone is data without its prefix; llama.cpp has `error:`. */
const readField = (line: string, event: Event): void => {
  if (line.startsWith('{') || line.startsWith('[')) event.lines.push(line)
  const colon = line.indexOf(':')
  if (colon <= 0) return
  const value = line.slice(colon + 1).replace(/^ /, '')
  const field = line.slice(0, colon)
  if (field === 'data') event.lines.push(value)
  else if (field === 'event') event.name = value
  else if (field === 'error') event.lines.push(failureData(value))
}

/** Lines of a text that comes in pieces, each piece looked at once. */
const lineReader = () => {
  let begun: string[] = []
  let length = 0
  let afterReturn = false
  return {
    *write(piece: string): Generator<string> {
      // A line break of two characters may be cut between them.
      let from = afterReturn && piece.startsWith('\n') ? 1 : 0
      if (piece !== '') afterReturn = piece.endsWith('\r')
      const breaks = /\r\n|\n|\r/g
      breaks.lastIndex = from
      for (let found = breaks.exec(piece); found !== null; found = breaks.exec(piece)) {
        begun.push(piece.slice(from, found.index))
        yield begun.join('')
        begun = []
        length = 0
        from = breaks.lastIndex
      }
      begun.push(piece.slice(from))
      length += piece.length - from
      if (length > streamLimits.eventCharacters) throw unreadable('an event without an end')
    },
    rest: (): string => begun.join(''),
  }
}

async function* decoded(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  for await (const bytes of body) yield decoder.decode(bytes, { stream: true })
  yield decoder.decode()
}

interface LineTaker {
  take(line: string): Generator<Payload>
  /** The stream has ended. */
  end(): Generator<Payload>
}

/** Server-Sent Events. */
const eventTaker = (): LineTaker => {
  let event: Event = { name: undefined, lines: [] }
  let length = 0
  return {
    *take(line) {
      if (line !== '') {
        readField(line, event)
        length += line.length
        if (length > streamLimits.openCharacters) throw unreadable('an event without an end')
      } else {
        yield* payloadsOf(event)
        event = { name: undefined, lines: [] }
        length = 0
      }
    },
    *end() {
      // An event that the end of the stream cut off is none; one that only lacks its blank line is.
      const last = event.lines.join('\n').trim()
      if (last === '[DONE]' || parsedJson(last) !== undefined) yield* payloadsOf(event)
    },
  }
}

/** One JSON document, or one to a line. */
const documentTaker = (): LineTaker => {
  const lines: string[] = []
  let length = 0
  return {
    // biome-ignore lint/correctness/useYield: a document is whole at its end only
    *take(line) {
      lines.push(line)
      length += line.length
      if (length > streamLimits.eventCharacters) throw unreadable('an answer without an end')
    },
    *end() {
      const data = parsedJson(lines.join('\n'))
      if (data !== undefined) yield { event: undefined, data }
      else for (const line of lines) yield* payloadsOf({ name: undefined, lines: [line] })
    },
  }
}

/**
 * The messages of a server's answer: Server-Sent Events, with or without their `event` lines, blank lines
 * and `[DONE]`, or one JSON document.
 * @throws StudioError UPSTREAM_ERROR, retryable, for an event that is no JSON or does not end
 */
export async function* serverPayloads(
  body: AsyncIterable<Uint8Array> | null,
): AsyncGenerator<Payload> {
  if (body === null) return
  const lines = lineReader()
  let taker: LineTaker | undefined
  const takerOf = (line: string): LineTaker | undefined => {
    if (taker === undefined && line.trim() !== '') {
      taker = /^\s*[{[]/.test(line) ? documentTaker() : eventTaker()
    }
    return taker
  }
  for await (const piece of decoded(body)) {
    for (const line of lines.write(piece)) {
      const taking = takerOf(line)
      if (taking !== undefined) yield* taking.take(line)
    }
  }
  const rest = lines.rest()
  const taking = takerOf(rest)
  if (taking === undefined) return
  yield* taking.take(rest)
  yield* taking.end()
}
