import { readerLimits } from '../rules/model-limits.ts'
import type { Bounds } from './answer-bounds.ts'
import { type GrowingText, growingText } from './growing-text.ts'
import { jsonTokens, type Punctuation, type TokenSink } from './json-tokens.ts'
import { cutOff } from './model-call.ts'
import { RuleBroken } from './rule-broken.ts'

export type JsonPath = readonly (string | number)[]

/** Receives an answer while the model still writes it; an error thrown here ends the reading. */
export interface AnswerListener {
  /** A value directly in the answer, or in a list or an object there, is complete. */
  onComplete?(path: JsonPath, value: unknown): void
  /** A text directly in the answer has grown; all of it so far. */
  onText?(field: string, text: string): void
}

export interface AnswerReader {
  /** @throws RuleBroken at the first character that no answer may have there */
  write(piece: string): void
  /** The whole answer. @throws RuleBroken when it is not whole */
  end(): unknown
}

/** Values deeper within the answer are reported as parts of these. */
const reportedDepth = 2

const notJson = 'The answer is not one JSON object.'
const wentOn = 'The answer goes on after its JSON object; write nothing but the object.'

/** An object or a list that is being written. */
interface Container {
  bounds: Bounds
  /** Undefined for a list. */
  fields: Map<string, unknown> | undefined
  entries: unknown[]
  /** Where the next value belongs. */
  at: string | number
}

type Expected =
  | 'value'
  | 'value or end'
  | 'key or end'
  | 'key'
  | 'colon'
  | 'comma or end'
  | 'nothing'

interface State {
  listener: AnswerListener
  bounds: Bounds
  open: Container[]
  expected: Expected
  /** The text or the key that is being written. */
  string: (GrowingText & { isKey: boolean }) | undefined
  whole: unknown
}

const placeOf = ({ open }: State): JsonPath => open.map(({ at }) => at)
const placeName = (state: State): string => placeOf(state).join('.') || 'answer'

const invalid = (): RuleBroken => new RuleBroken(['The answer is not valid JSON.'])

/** The bounds of the value that comes next. */
const nextBounds = ({ open, bounds }: State): Bounds => {
  const container = open.at(-1)
  if (container === undefined) return bounds
  return typeof container.at === 'number'
    ? (container.bounds.list?.entries ?? {})
    : (container.bounds.fields?.get(container.at) ?? {})
}

/** A value begins here. @throws RuleBroken where none may */
const beginValue = (state: State): void => {
  const { open, expected } = state
  if (expected !== 'value' && expected !== 'value or end') throw invalid()
  const container = open.at(-1)
  if (typeof container?.at === 'number') {
    const most = container.bounds.list?.most ?? Number.POSITIVE_INFINITY
    if (container.at >= most) {
      const place = placeOf(state).slice(0, -1).join('.')
      throw new RuleBroken([`${place}: must have at most ${most} entries`])
    }
  }
}

const completeValue = (state: State, value: unknown): void => {
  const { open, listener } = state
  const container = open.at(-1)
  if (container === undefined) {
    state.whole = value
    state.expected = 'nothing'
    return
  }
  if (container.fields) container.fields.set(String(container.at), value)
  else container.entries.push(value)
  state.expected = 'comma or end'
  if (open.length <= reportedDepth) listener.onComplete?.(placeOf(state), value)
}

const openContainer = (state: State, isObject: boolean): void => {
  beginValue(state)
  if (state.open.length >= readerLimits.depth) {
    throw new RuleBroken(['The answer nests its values too deeply.'])
  }
  state.open.push({
    bounds: nextBounds(state),
    fields: isObject ? new Map() : undefined,
    entries: [],
    at: isObject ? '' : 0,
  })
  state.expected = isObject ? 'key or end' : 'value or end'
}

const closeContainer = (state: State, isObject: boolean): void => {
  const { expected } = state
  const empty = isObject ? 'key or end' : 'value or end'
  const container = state.open.at(-1)
  if (container === undefined || (container.fields !== undefined) !== isObject) throw invalid()
  if (expected !== 'comma or end' && expected !== empty) throw invalid()
  state.open.pop()
  // Entries of an object, so that no key can be anything but a key: `__proto__` is one.
  completeValue(state, container.fields ? Object.fromEntries(container.fields) : container.entries)
}

const punctuate = (state: State, mark: Punctuation): void => {
  const container = state.open.at(-1)
  if (mark === '{' || mark === '[') openContainer(state, mark === '{')
  else if (mark === '}' || mark === ']') closeContainer(state, mark === '}')
  else if (mark === ':' && state.expected === 'colon') state.expected = 'value'
  else if (mark === ',' && state.expected === 'comma or end' && container) {
    if (typeof container.at === 'number') container.at += 1
    state.expected = container.fields ? 'key' : 'value'
  } else throw invalid()
}

/**
 * A key of an object.
 * @throws RuleBroken when it came before, as which value counts would be a guess, or is of no contract
 */
const takeKey = (state: State, key: string): void => {
  const container = state.open.at(-1)
  if (!container?.fields) throw invalid()
  const { fields: known, closed } = container.bounds
  const isKnown = known?.has(key) ?? false
  const place = placeOf(state).slice(0, -1).join('.') || 'answer'
  // A key that no contract has is the model's own text, which is not logged.
  if (container.fields.has(key)) {
    throw new RuleBroken([`${place}: ${isKnown ? `the key ${key}` : 'a key'} is repeated`])
  }
  if (closed && !isKnown) {
    throw new RuleBroken([`${place}: has a key beyond ${[...(known?.keys() ?? [])].join(', ')}`])
  }
  container.at = key
  state.expected = 'colon'
}

const beginString = (state: State): void => {
  if (state.expected === 'key' || state.expected === 'key or end') {
    state.string = { ...growingText(readerLimits.keyUnits, () => 'A key'), isKey: true }
    return
  }
  beginValue(state)
  const most = nextBounds(state).text?.most ?? Number.POSITIVE_INFINITY
  state.string = { ...growingText(most, () => placeName(state)), isKey: false }
}

const sinkOf = (state: State): TokenSink => ({
  punctuation: (mark) => punctuate(state, mark),
  beginString: () => beginString(state),
  text: (piece) => state.string?.add(piece),
  endString() {
    const { string } = state
    if (string === undefined) throw invalid()
    state.string = undefined
    if (string.isKey) takeKey(state, string.text())
    else completeValue(state, string.text())
  },
  scalar(value) {
    beginValue(state)
    completeValue(state, value)
  },
})

/**
 * Reads an answer, which is one JSON object, as it arrives: the one reading by which elements stream
 * and from which the whole is stored. Takes a time that grows with the number of characters alone, and
 * ends at the first one that breaks an upper bound, repeats a key or goes beyond `readerLimits`.
 */
export const answerReader = (bounds: Bounds, listener: AnswerListener): AnswerReader => {
  const state: State = {
    listener,
    bounds,
    open: [],
    expected: 'value',
    string: undefined,
    whole: undefined,
  }
  const tokens = jsonTokens(sinkOf(state))
  let bytes = 0
  let begun = false
  const begin = (piece: string): void => {
    const shown = piece.trimStart()
    begun = shown !== ''
    if (begun && !shown.startsWith('{')) throw new RuleBroken([notJson])
  }
  return {
    write(piece) {
      bytes += Buffer.byteLength(piece)
      if (bytes > readerLimits.bytes) {
        throw new RuleBroken([`The answer is longer than ${readerLimits.bytes} bytes.`])
      }
      if (!begun) begin(piece)
      try {
        tokens.write(piece)
      } catch (error) {
        // Whatever it is that follows the object.
        const isBehind = state.expected === 'nothing' && error instanceof RuleBroken
        throw isBehind ? new RuleBroken([wentOn]) : error
      }
      const [place, ...deeper] = state.open
      const { string } = state
      if (string && !string.isKey && typeof place?.at === 'string' && deeper.length === 0) {
        listener.onText?.(place.at, string.text())
      }
    },
    end() {
      tokens.end()
      if (state.expected === 'nothing') return state.whole
      const isCut = state.open.length > 0
      throw new RuleBroken([isCut ? cutOff : notJson])
    },
  }
}
