import { StudioError } from '../../contracts/errors.ts'
import { streamLimits } from '../../rules/model-limits.ts'
import {
  blanksAhead,
  createOpening,
  maybeFence,
  maybeToken,
  type Piece,
  token,
} from './answer-opening.ts'

/** Takes the wrapping off a text that comes in pieces. */
export interface Unwrapping {
  write(text: string): Piece[]
  /** Whether the object that was asked for is complete, and nothing foreign has followed it. */
  isWhole(): boolean
  /** The rest. An object that was asked for is `whole`, or `cut`, or something else came instead. */
  end(): { pieces: Piece[]; came: 'whole' | 'cut' | 'other' }
}

const broken = (what: string): StudioError =>
  new StudioError('SCHEMA_VALIDATION_FAILED', `The answer holds ${what}.`, {
    errors: [{ path: 'answer', message: `The answer held ${what}; write it without.` }],
  })

const tokenAtEnd = /(?:<\|[\w-]{1,40}\|>|<\/?s>|<(?:bos|eos|end_of_turn|EOS)>)\s*$/
const closingFence = /^`{3,}/

const quote = 34
const backslash = 92
const isBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9
const isDigit = (code: number): boolean => code >= 48 && code <= 57

/** Follows an object to its closing brace, and leaves out white space between its values beyond one character. */
const objectScanner = () => {
  let depth = 0
  let inString = false
  let escaped = false
  let blanks = 0
  /** Whether the last character was white space. */
  let afterBlank = false
  let digits = 0

  /** The index behind the string's end, or the text's. */
  const skipString = (text: string, from: number): number => {
    for (let at = from; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (escaped) escaped = false
      else if (code === backslash) escaped = true
      else if (code === quote) {
        inString = false
        return at + 1
      }
    }
    return text.length
  }
  /** The index behind the white space that begins there. */
  const skipBlanks = (text: string, from: number): number => {
    let at = from
    while (at < text.length && isBlank(text.charCodeAt(at))) at += 1
    blanks += at - from
    if (blanks > streamLimits.blanks) throw broken('white space without an end')
    return at
  }

  /** The object's part of a text, and the index behind it once the object has ended. */
  return (text: string): { kept: string; end: number | undefined } => {
    const kept: string[] = []
    let from = 0
    for (let at = 0; at < text.length; ) {
      if (inString) {
        at = skipString(text, at)
        continue
      }
      const code = text.charCodeAt(at)
      digits = isDigit(code) ? digits + 1 : 0
      if (digits > streamLimits.digits) throw broken('a number without an end')
      if (isBlank(code)) {
        const behind = skipBlanks(text, at)
        kept.push(text.slice(from, afterBlank ? at : at + 1))
        from = behind
        at = behind
        afterBlank = true
        continue
      }
      afterBlank = false
      at += 1
      if (code === quote) inString = true
      else if (code === 123 || code === 91) depth += 1
      else if (code === 125 || code === 93) depth -= 1
      if (depth === 0) return { kept: kept.join('') + text.slice(from, at), end: at }
    }
    return { kept: kept.join('') + text.slice(from), end: undefined }
  }
}

/** What stands behind an object: fences, tokens, the same object again. */
const createClosing = (object: string) => {
  let held = ''
  /** How much of a repetition has come. */
  let repeated = 0

  /** What is left behind the repetition; undefined when it turns out to be none. */
  const repeat = (text: string): string | undefined => {
    const expected = object.slice(repeated, repeated + text.length)
    if (!text.startsWith(expected)) return undefined
    repeated = (repeated + expected.length) % object.length
    return text.slice(expected.length)
  }
  /** Takes one piece of wrapping off. False when nothing is left to take off. */
  const step = (): boolean => {
    const begun = repeated
    const text = repeated > 0 ? held : held.replace(blanksAhead, '')
    const found = repeated > 0 ? null : (closingFence.exec(text) ?? token.exec(text))
    const left = found ? text.slice(found[0].length) : text === '' ? undefined : repeat(text)
    if (left === undefined) held = object.slice(0, begun) + text
    else held = left
    return left !== undefined && left !== ''
  }
  return {
    /** What is no wrapping, and so makes the answer invalid; empty as long as nothing is. */
    write(text: string): string {
      held += text
      while (step());
      return held === '' || maybeToken.test(held) || maybeFence.test(held) ? '' : held
    },
    rest: (): string => object.slice(0, repeated),
  }
}

const asPieces = (text: string): Piece[] => (text === '' ? [] : [{ type: 'text', text }])

/**
 * For an answer that has to be one JSON object: what models and servers put around it is taken off, the
 * object goes out as it comes, and everything else but white space passes, for the reader to refuse.
 * @throws StudioError SCHEMA_VALIDATION_FAILED for white space or a number without an end
 */
export const objectUnwrapping = (): Unwrapping => {
  const opening = createOpening(true)
  const scan = objectScanner()
  const object: string[] = []
  let closing: ReturnType<typeof createClosing> | undefined
  let state: 'before' | 'inside' | 'behind' | 'other' = 'before'

  const inside = (text: string): Piece[] => {
    const { kept, end } = scan(text)
    object.push(text.slice(0, end))
    if (end === undefined) return asPieces(kept)
    state = 'behind'
    closing = createClosing(object.join(''))
    return [...asPieces(kept), ...behind(text.slice(end))]
  }
  const behind = (text: string): Piece[] => {
    const foreign = closing?.write(text) ?? ''
    if (foreign !== '') state = 'other'
    return asPieces(foreign)
  }
  const before = (text: string): Piece[] => {
    const { pieces, begun } = opening.write(text)
    if (begun === undefined) return pieces
    state = begun.startsWith('{') ? 'inside' : 'other'
    return [...pieces, ...(state === 'inside' ? inside(begun) : asPieces(begun))]
  }
  return {
    write(text) {
      if (text === '') return []
      if (state === 'before') return before(text)
      if (state === 'inside') return inside(text)
      return state === 'behind' ? behind(text) : asPieces(text)
    },
    isWhole: () => state === 'behind',
    end() {
      if (state === 'before') {
        return { pieces: opening.rest(), came: opening.thinks() ? 'cut' : 'other' }
      }
      const rest = asPieces(state === 'behind' ? (closing?.rest() ?? '') : '')
      if (state === 'behind' && rest.length === 0) return { pieces: rest, came: 'whole' }
      return { pieces: rest, came: state === 'inside' ? 'cut' : 'other' }
    },
  }
}

/** The end of a text that is, or may become, tokens. */
const tokensAtEnd = /(?:<[|/\w-]{0,45}\|?>?\s*)+$/
const tailCharacters = 120

/** For prose: thoughts before it and tokens behind it are taken off. */
export const proseUnwrapping = (): Unwrapping => {
  const opening = createOpening(false)
  let begun = false
  let tail = ''

  const pass = (text: string): Piece[] => {
    const all = tail + text
    const from = Math.max(0, all.length - tailCharacters)
    tail = tokensAtEnd.exec(all.slice(from))?.[0] ?? ''
    return asPieces(all.slice(0, all.length - tail.length))
  }
  return {
    write(text) {
      if (begun) return pass(text)
      const opened = opening.write(text)
      if (opened.begun === undefined) return opened.pieces
      begun = true
      return [...opened.pieces, ...pass(opened.begun)]
    },
    isWhole: () => false,
    end() {
      if (!begun) return { pieces: opening.rest(), came: 'other' }
      let rest = tail
      while (tokenAtEnd.test(rest)) rest = rest.replace(tokenAtEnd, '')
      return { pieces: asPieces(rest), came: 'other' }
    },
  }
}

/** The one JSON object that a text consists of, without its wrapping; undefined for anything else. */
export const wholeObject = (text: string): string | undefined => {
  const unwrapping = objectUnwrapping()
  const written = unwrapping.write(text)
  const { pieces, came } = unwrapping.end()
  return came === 'whole' ? answerOf([...written, ...pieces]) : undefined
}

const answerOf = (pieces: Piece[]): string =>
  pieces.flatMap(({ type, text }) => (type === 'text' ? [text] : [])).join('')

/** The text without what stands around it, for comparing two accounts of one answer. */
export const withoutWrapping = (text: string, asked: 'object' | 'prose'): string => {
  const unwrapping = asked === 'object' ? objectUnwrapping() : proseUnwrapping()
  return answerOf([...unwrapping.write(text), ...unwrapping.end().pieces]).trim()
}
