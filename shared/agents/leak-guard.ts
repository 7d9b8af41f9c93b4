import { createHmac } from 'node:crypto'
import { setting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'

/** How much of the instructions in a row is a leak: a Hangul syllable counts twice, any other letter once. */
const leakUnits = 80
/** Letters and digits in a row that may be the beginning of a leak; of the mark they are one. */
const suspectLetters = 12

/** Letters and digits alone, in lower case: a leak may be spaced, cased and punctuated otherwise. */
const squeezed = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

/** Without the numbers of a list, which would stand between letters that are read out one by one. */
const unnumbered = (text: string): string => text.replace(/^[ \t]*\d{1,3}[.):]\s?/gm, '')

const unitsOf = (text: string): number => text.length + (text.match(/[가-힣]/g)?.length ?? 0)

/**
 * A word that stands in the instructions of this deployment and nowhere else: an answer that holds it has
 * read them out. The same in every process, so that the model's server can cache the instructions, and
 * not to be guessed from outside, so that no page can have an honest answer refused.
 */
export const canary = (): string => {
  // The table's name has a part that CloudFormation made up.
  const key = [environmentNames.openaiApiKey, environmentNames.tableName].map(setting).join(':')
  if (kept?.key !== key) {
    const mark = createHmac('sha256', key).update('canary').digest('hex').slice(0, 24)
    kept = { key, mark }
  }
  return kept.mark
}

/** The word, and what it was made of. */
let kept: { key: string; mark: string } | undefined

/** Every run of `suspectLetters` in a text. */
const runsOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - suspectLetters + 1) }, (_, at) =>
    text.slice(at, at + suspectLetters),
  )

const reversed = (text: string): string => Array.from(text).reverse().join('')

const rotated = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => {
    const base = letter <= 'Z' ? 65 : 97
    return String.fromCharCode(((letter.charCodeAt(0) - base + 13) % 26) + base)
  })

/** What a text holds in base64 and in hexadecimal. */
const decoded = (text: string): string[] => [
  ...(text.match(/[A-Za-z0-9+/_-]{24,}={0,2}/g) ?? []).map((run) =>
    Buffer.from(run, /[-_]/.test(run) ? 'base64url' : 'base64').toString(),
  ),
  ...(
    text.replace(/(?<=[0-9a-f]{2})[\s:,]+(?=[0-9a-f]{2})/gi, '').match(/(?:[0-9a-f]{2}){16,}/gi) ??
    []
  ).map((run) => Buffer.from(run, 'hex').toString()),
]

export interface LeakGuard {
  /** Whether a text reads out the instructions, also in another order or encoding. */
  leaks(text: string): boolean
  /**
   * How much of a text that is still being written may be shown: not what may turn out to be a leak. Null
   * when it is one.
   * @param before how much of the text was looked at before, and might be shown then
   */
  shownLength(text: string, before?: LookedAt): number | null
}

/** In UTF-16 units. */
export interface LookedAt {
  length: number
  shown: number
}

/** UTF-16 units as `squeezed` leaves them. */
const squeezedUnits = new Map<string, string>()
const maxUnits = 10_000

const squeezedUnit = (unit: string): string => {
  const known = squeezedUnits.get(unit)
  if (known !== undefined) return known
  const found = squeezed(unit)
  if (squeezedUnits.size >= maxUnits) squeezedUnits.clear()
  squeezedUnits.set(unit, found)
  return found
}

/** Letters of a text that may have to be known before a new one, so that no run of the mark ends there unseen. */
const beforeRun = suspectLetters * (1 + 3)

/**
 * The letters and digits of a text from a place on, with `beforeRun` before it, and where each begins; of a long text the
 * last that may be a leak.
 */
const tailOf = (text: string, from: number): { letters: string; starts: number[] } => {
  const starts: number[] = []
  let found = ''
  let before = 0
  for (let at = text.length - 1; at >= 0; at -= 1) {
    if (before >= beforeRun || starts.length >= 2 * leakUnits) break
    const part = squeezedUnit(text.charAt(at))
    found = part + found
    for (let unit = 0; unit < part.length; unit += 1) starts.push(at)
    if (at < from) before += part.length
  }
  return { letters: found, starts: starts.reverse() }
}

/** The instructions in one of the orders in which they may be read out. */
interface Secret {
  letters: string
  runs: ReadonlySet<string>
}

/** Instructions that one process remembers. */
const maxKnown = 50

/** What is known of instructions: there are few, and they are long. */
interface Known {
  secrets: Secret[]
  /** The runs of all of them. */
  runs: ReadonlySet<string>
}

const knownOf = new Map<string, Known>()

const known = (instructions: string): Known => {
  const found = knownOf.get(instructions)
  if (found) return found
  const letters = squeezed(instructions)
  const secrets = [letters, reversed(letters), rotated(letters)].map(
    (each): Secret => ({ letters: each, runs: new Set(runsOf(each)) }),
  )
  const made = { secrets, runs: new Set(secrets.flatMap(({ runs }) => [...runs])) }
  if (knownOf.size >= maxKnown) knownOf.clear()
  knownOf.set(instructions, made)
  return made
}

/** How many letters from here on stand in the instructions as well, up to what is a leak. */
const readOut = ({ letters, runs }: Secret, text: string, from: number): number => {
  let to = from + suspectLetters
  if (!runs.has(text.slice(from, to))) return 0
  while (to < text.length && to - from < leakUnits && letters.includes(text.slice(from, to + 1))) {
    to += 1
  }
  return to - from
}

const isLeak = (text: string): boolean => unitsOf(text) >= leakUnits

export const leakGuard = (instructions: string): LeakGuard => {
  const mark = canary()
  const marks = [mark, reversed(mark), rotated(mark)].flatMap(runsOf)
  const isMarked = (text: string): boolean => marks.some((run) => text.includes(run))
  const { secrets, runs } = known(instructions)
  /** The longest of what is read out from here on. */
  const readOutFrom = (text: string, from: number): number =>
    runs.has(text.slice(from, from + suspectLetters))
      ? Math.max(...secrets.map((secret) => readOut(secret, text, from)))
      : 0
  const isReadOut = (text: string): boolean => {
    for (let from = 0; from + suspectLetters <= text.length; from += 1) {
      const length = readOutFrom(text, from)
      if (length > 0 && isLeak(text.slice(from, from + length))) return true
    }
    return false
  }
  return {
    leaks: (text) =>
      [text, unnumbered(text), ...decoded(text)]
        .map(squeezed)
        .some((all) => isMarked(all) || isReadOut(all)),
    shownLength(text, before = { length: 0, shown: 0 }) {
      // What did not reach the end of the text then cannot go on behind it.
      const { letters, starts } = tailOf(text, Math.min(before.length, before.shown))
      const firstNew = starts.findIndex((at) => at >= before.length)
      // A text that has grown by little is looked at again where it has.
      const isKnown = firstNew < 0 || firstNew >= beforeRun
      const grown = isKnown ? text.slice(starts[0]) : text
      if (isMarked(letters) || isMarked(squeezed(unnumbered(grown)))) return null
      for (let from = 0; from + suspectLetters <= letters.length; from += 1) {
        const length = readOutFrom(letters, from)
        if (length === 0) continue
        if (isLeak(letters.slice(from, from + length))) return null
        if (from + length === letters.length) return starts[from] ?? 0
      }
      return text.length
    },
  }
}
