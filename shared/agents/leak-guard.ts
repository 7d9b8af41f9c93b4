import { createHmac } from 'node:crypto'
import { setting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'

/** How much of the instructions in a row is a leak: a Hangul syllable counts twice, any other letter once. */
const leakUnits = 80
/** Letters and digits at the end of a text that may be the beginning of a leak. */
const suspectLetters = 16
const canaryPart = 12

/** Letters and digits alone, in lower case: a leak may be spaced, cased and punctuated otherwise. */
const squeezed = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const unitsOf = (text: string): number => text.length + (text.match(/[가-힣]/g)?.length ?? 0)

/**
 * A word that stands in the instructions of this deployment and nowhere else: an answer that holds it has
 * read them out. The same in every process, so that the model's server can cache the instructions, and
 * not to be guessed from outside, so that no page can have an honest answer refused.
 */
export const canary = (): string => {
  // The table's name has a part that CloudFormation made up.
  const key = [environmentNames.openaiApiKey, environmentNames.tableName].map(setting).join(':')
  return createHmac('sha256', key).update('canary').digest('hex').slice(0, 24)
}

/** Every run of `suspectLetters` in a text, by the text: there are few instructions, and they are long. */
const runsIn = new Map<string, ReadonlySet<string>>()

const runsOf = (secret: string): ReadonlySet<string> => {
  const known = runsIn.get(secret)
  if (known) return known
  const runs = new Set<string>()
  for (let at = 0; at + suspectLetters <= secret.length; at += 1) {
    runs.add(secret.slice(at, at + suspectLetters))
  }
  runsIn.set(secret, runs)
  return runs
}

/** A text itself, and what it reads as backwards, in base64, in hexadecimal and in rot13. */
const decodings: ((text: string) => string[])[] = [
  (text) => [text],
  (text) => [Array.from(text).reverse().join('')],
  (text) =>
    (text.match(/[A-Za-z0-9+/_-]{24,}={0,2}/g) ?? []).map((run) =>
      Buffer.from(run, run.includes('-') || run.includes('_') ? 'base64url' : 'base64').toString(),
    ),
  (text) =>
    (
      text
        .replace(/(?<=[0-9a-f]{2})[\s:,]+(?=[0-9a-f]{2})/gi, '')
        .match(/(?:[0-9a-f]{2}){16,}/gi) ?? []
    ).map((run) => Buffer.from(run, 'hex').toString()),
  (text) => [
    text.replace(/[a-z]/gi, (letter) => {
      const base = letter <= 'Z' ? 65 : 97
      return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
    }),
  ],
]

export interface LeakGuard {
  /** Whether a text reads out the instructions, also in another order or encoding. */
  leaks(text: string): boolean
  /** How much of a text that is still being written may be shown: not what may turn out to be a leak. */
  shownLength(text: string): number
}

/** The letters and digits at the end of a text, and where each begins. */
const tailOf = (text: string, letters: number): { letters: string; starts: number[] } => {
  const starts: number[] = []
  let found = ''
  for (let at = text.length - 1; at >= 0 && starts.length < letters; at -= 1) {
    const part = squeezed(text.charAt(at))
    if (part === '') continue
    found = part + found
    for (let unit = 0; unit < part.length; unit += 1) starts.unshift(at)
  }
  return { letters: found, starts }
}

export const leakGuard = (instructions: string): LeakGuard => {
  const secret = squeezed(instructions)
  const mark = canary()
  const runs = runsOf(secret)
  const isCanary = (text: string): boolean => {
    for (let at = 0; at + canaryPart <= mark.length; at += 1) {
      if (text.includes(mark.slice(at, at + canaryPart))) return true
    }
    return false
  }
  const isReadOut = (text: string): boolean => {
    for (let from = 0; from + suspectLetters <= text.length; from += 1) {
      let to = from + suspectLetters
      if (!runs.has(text.slice(from, to))) continue
      while (to < text.length && secret.includes(text.slice(from, to + 1))) to += 1
      if (unitsOf(text.slice(from, to)) >= leakUnits) return true
    }
    return false
  }
  return {
    leaks: (text) =>
      decodings
        .flatMap((decode) => decode(text))
        .map(squeezed)
        .some((read) => isCanary(read) || isReadOut(read)),
    shownLength(text) {
      const tail = tailOf(text, leakUnits)
      if (!runs.has(tail.letters.slice(-suspectLetters))) return text.length
      for (let length = tail.letters.length; length >= suspectLetters; length -= 1) {
        if (secret.includes(tail.letters.slice(-length))) {
          return tail.starts[tail.letters.length - length] ?? 0
        }
      }
      return text.length
    },
  }
}
