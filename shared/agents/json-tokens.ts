import { readerLimits } from '../rules/model-limits.ts'
import { RuleBroken } from './rule-broken.ts'

export type Punctuation = '{' | '}' | '[' | ']' | ':' | ','

/** Receives the tokens of a JSON text; may throw `RuleBroken`. */
export interface TokenSink {
  punctuation(mark: Punctuation): void
  beginString(): void
  /** The next piece of the open string, its escapes resolved. */
  text(piece: string): void
  endString(): void
  scalar(value: number | boolean | null): void
}

export interface TokenReader {
  write(piece: string): void
  /** Nothing follows: ends a number that only the end of the text can end. */
  end(): void
}

const literals = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
])
const numberForm = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

const scalarOf = (word: string): number | boolean | null => {
  const literal = literals.get(word)
  if (literal !== undefined) return literal
  const number = numberForm.test(word) ? Number(word) : Number.NaN
  if (Number.isFinite(number)) return number
  throw new RuleBroken(['The answer holds something that is neither a JSON number nor a literal.'])
}

const escapes = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])
const hexadecimal = /^[0-9a-fA-F]$/

const isBlank = (unit: number): boolean =>
  unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09

/** Letters, digits, `+`, `-` and `.`: what a number or a literal may consist of. */
const isOfWord = (unit: number): boolean =>
  (unit >= 0x30 && unit <= 0x39) ||
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0x41 && unit <= 0x5a) ||
  unit === 0x2b ||
  unit === 0x2d ||
  unit === 0x2e

const isPunctuation = (character: string): character is Punctuation => '{}[]:,'.includes(character)

interface State {
  sink: TokenSink
  mode: 'between' | 'string' | 'escape' | 'unicode' | 'word'
  /** The word so far, or the digits of a `\u` escape. */
  pending: string
  blanks: number
}

/** Each reader takes what it can from a place on, and says where it stopped. */
const readers: Record<State['mode'], (state: State, piece: string, from: number) => number> = {
  between(state, piece, from) {
    const unit = piece.charCodeAt(from)
    if (isBlank(unit)) {
      state.blanks += 1
      if (state.blanks > readerLimits.blanks) {
        throw new RuleBroken([`The answer holds more than ${readerLimits.blanks} blanks in a row.`])
      }
      return from + 1
    }
    state.blanks = 0
    const character = piece.charAt(from)
    if (isPunctuation(character)) state.sink.punctuation(character)
    else if (character === '"') {
      state.mode = 'string'
      state.sink.beginString()
    } else if (isOfWord(unit)) {
      state.mode = 'word'
      return from
    } else throw new RuleBroken(['The answer is not valid JSON.'])
    return from + 1
  },
  string(state, piece, from) {
    let end = from
    while (end < piece.length) {
      const unit = piece.charCodeAt(end)
      if (unit === 0x22 || unit === 0x5c) break
      if (unit < 0x20) {
        throw new RuleBroken(['The answer holds a control character that is not escaped.'])
      }
      end += 1
    }
    if (end > from) state.sink.text(piece.slice(from, end))
    if (end === piece.length) return end
    if (piece.charCodeAt(end) === 0x5c) state.mode = 'escape'
    else {
      state.mode = 'between'
      state.sink.endString()
    }
    return end + 1
  },
  escape(state, piece, from) {
    const character = piece.charAt(from)
    const resolved = escapes.get(character)
    if (character === 'u') {
      state.mode = 'unicode'
      state.pending = ''
    } else if (resolved !== undefined) {
      state.mode = 'string'
      state.sink.text(resolved)
    } else throw new RuleBroken(['The answer holds an escape that JSON does not have.'])
    return from + 1
  },
  unicode(state, piece, from) {
    const digit = piece.charAt(from)
    if (!hexadecimal.test(digit)) {
      throw new RuleBroken(['The answer holds an escape that JSON does not have.'])
    }
    state.pending += digit
    if (state.pending.length === 4) {
      state.mode = 'string'
      state.sink.text(String.fromCharCode(Number.parseInt(state.pending, 16)))
      state.pending = ''
    }
    return from + 1
  },
  word(state, piece, from) {
    if (!isOfWord(piece.charCodeAt(from))) {
      endWord(state)
      return from
    }
    state.pending += piece.charAt(from)
    if (state.pending.length > readerLimits.scalarCharacters) {
      throw new RuleBroken([
        `The answer holds a number of more than ${readerLimits.scalarCharacters} characters.`,
      ])
    }
    return from + 1
  },
}

const endWord = (state: State): void => {
  const word = state.pending
  state.pending = ''
  state.mode = 'between'
  state.sink.scalar(scalarOf(word))
}

/**
 * Cuts a JSON text (RFC 8259, strictly) into tokens as it arrives, wherever its pieces are cut. Each
 * character costs the same, whatever came before it.
 */
export const jsonTokens = (sink: TokenSink): TokenReader => {
  const state: State = { sink, mode: 'between', pending: '', blanks: 0 }
  return {
    write(piece) {
      let at = 0
      while (at < piece.length) at = readers[state.mode](state, piece, at)
    },
    end() {
      if (state.mode === 'word') endWord(state)
    },
  }
}
