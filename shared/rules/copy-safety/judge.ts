import type { CopyFinding, Judgement, ProductType, Verdict } from '../../contracts/copy-safety.ts'
import { productTypes as allTypes } from '../../contracts/copy-safety.ts'
import type { Locale } from '../../contracts/session.ts'
import { boundedPattern } from './bounded-pattern.ts'
import { type ClaimReader, claimReader } from './claim-reader.ts'
import type { CopyRule } from './copy-rule.ts'
import { isKnownLanguage } from './language.ts'
import { citationOf } from './laws.ts'
import {
  isDisguised,
  isHiddenMatch,
  type MatchingText,
  type MatchingView,
  matchingText,
} from './matching-text.ts'
import { copyRules, packVersion } from './pack.ts'
import { isNotClaimed } from './surroundings.ts'
import type { Span } from './surroundings-frames.ts'

export interface JudgeOptions {
  /** None at all is judged as all. */
  productTypes: readonly ProductType[]
  /** ISO 8601: the rules of that day in Korea hold; all rules when it is no time. */
  at: string
  /** The language of laws and explanations. */
  locale: Locale
  /** What the brief and verified evidence say of this product: it clears what it proves. */
  evidence?: readonly string[]
}

/** UTF-16 units; the rest of a longer text is not judged. */
const longestText = 20_000
/** Places of one rule in one text that are reported. */
const maxPlaces = 5

const koreaAhead = 9 * 60 * 60 * 1000

/** `2026-11-27`, or null when it is no time. */
const dayInKorea = (at: string): string | null => {
  const time = Date.parse(at)
  const shifted = new Date(time + koreaAhead)
  return Number.isNaN(shifted.getTime()) ? null : shifted.toISOString().slice(0, 10)
}

const holdsOn = (day: string | null, { effectiveFrom, effectiveUntil }: CopyRule): boolean =>
  day === null || ((effectiveFrom ?? day) <= day && day <= (effectiveUntil ?? day))

const concerns = ({ productTypes, yieldsTo }: CopyRule, types: readonly ProductType[]): boolean => {
  const isUnknown = allTypes.every((type) => types.includes(type))
  if (yieldsTo !== null && types.includes(yieldsTo) && !isUnknown) return false
  return productTypes === 'all' || productTypes.some((type) => types.includes(type))
}

const compiled = new WeakMap<RegExp, RegExp>()
const searching = (pattern: RegExp): RegExp => {
  const found = compiled.get(pattern) ?? boundedPattern(pattern)
  compiled.set(pattern, found)
  return found
}

/** Most patterns are in no text: `test` says so without making anything. */
const spansOf = (pattern: RegExp, { text }: MatchingView): Span[] => {
  const search = searching(pattern)
  search.lastIndex = 0
  const isFound = search.test(text)
  search.lastIndex = 0
  if (!isFound) return []
  return [...text.matchAll(search)].flatMap(({ 0: found, index }) =>
    found === '' ? [] : [{ start: index, end: index + found.length }],
  )
}

/** A place in the stored text. */
const inSource = ({ starts, ends }: MatchingView, { start, end }: Span): Span => ({
  start: starts[start] ?? 0,
  end: ends[end - 1] ?? 0,
})

/** A place in the stored text, which its spelling may have hidden. */
interface Place extends Span {
  isHidden: boolean
}

/** Where a pattern is found in the stored text, in the plain view and behind hidden spellings. */
const placesOf = (pattern: RegExp, { plain, squeezed }: MatchingText): Place[] => [
  ...spansOf(pattern, plain).map((span) => ({ ...inSource(plain, span), isHidden: false })),
  ...spansOf(pattern, squeezed)
    .filter(({ start, end }) => isHiddenMatch(squeezed, start, end))
    .map((span) => ({
      ...inSource(squeezed, span),
      isHidden: isDisguised(squeezed, span.start, span.end),
    })),
]

/** The first index of an ascending list that is not below a value. */
const lowerBound = (values: readonly number[], value: number): number => {
  let [low, high] = [0, values.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((values[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

const inPlain = ({ starts, ends }: MatchingView, { start, end }: Span): Span => ({
  start: lowerBound(ends, start + 1),
  end: lowerBound(starts, end),
})

/** Spans that overlap another one are few: more are not looked at, so that the time stays linear. */
const overlapping = 16

/** Whether one of the spans, in the order of their beginnings, holds all of a place. */
const isCovered = (spans: readonly Span[], starts: readonly number[], place: Span): boolean => {
  const behind = lowerBound(starts, place.start + 1)
  return spans.slice(Math.max(0, behind - overlapping), behind).some(({ end }) => place.end <= end)
}

/** Places at which the text claims what the rule is about. */
const claimsOf = (
  pattern: RegExp,
  exceptions: readonly RegExp[],
  text: MatchingText,
  isInnocent: (place: Span) => boolean = () => false,
): Span[] => {
  const claims: Span[] = []
  const places = [...placesOf(pattern, text)]
  if (places.length === 0) return claims
  const allowed = exceptions
    .flatMap((exception) => [...placesOf(exception, text)])
    .sort((one, other) => one.start - other.start)
  const starts = allowed.map(({ start }) => start)
  for (const place of places) {
    if (claims.length === maxPlaces) break
    if (isCovered(allowed, starts, place)) continue
    if (claims.some((claim) => place.start < claim.end && claim.start < place.end)) continue
    const inText = inPlain(text.plain, place)
    if (isNotClaimed(text.plain.text, inText)) continue
    if (place.isHidden || !isInnocent(inText)) claims.push(place)
  }
  return claims
}

/** One text that is judged. */
interface Reading {
  source: string
  matching: MatchingText
  reader: ClaimReader
  locale: Locale
}

const language = (locale: Locale): 'ko' | 'en' => (locale === 'ko-KR' ? 'ko' : 'en')

/** What no proof allows is for rules alone to judge. */
const noReader: Pick<ClaimReader, 'isInnocent'> = { isInnocent: () => false }

const findingsOf = (
  rule: CopyRule,
  { source, matching, reader, locale }: Reading,
): CopyFinding[] => {
  const { pattern, exceptions, severity } = rule
  const { isInnocent } = severity === 'block' ? noReader : reader
  const words = claimsOf(pattern, exceptions, matching, isInnocent).map(({ start, end }) =>
    source.slice(start, end),
  )
  return [...new Set(words)].map((match) => ({
    rule: rule.id,
    severity: rule.severity,
    law: citationOf(rule, locale),
    match,
    explanation: rule.explanation[language(locale)],
    allowed_by: rule.evidenceThatAllows?.description[language(locale)] ?? null,
  }))
}

/** The rule of what is read and not found, by its citation. */
const readRule = {
  law: 'fair_labelling_act',
  article: '5',
  item: null,
} as const

const readFinding = (match: string, locale: Locale): CopyFinding => ({
  rule: 'general.read-claim',
  severity: 'needs_evidence',
  law: citationOf(readRule, locale),
  match,
  explanation: {
    ko: '사실이라면 입증해야 하는 주장으로 읽힙니다. 표시·광고한 사실은 실증할 수 있어야 합니다.',
    en: 'It reads as a claim of fact, which has to be substantiated.',
  }[language(locale)],
  allowed_by: {
    ko: '주장을 뒷받침하는 시험, 통계, 인증, 계약 등의 자료',
    en: 'A test, statistics, a certificate or a contract that supports it',
  }[language(locale)],
})

/** Figures, and what of a word its endings leave: two syllables of Korean, five Latin letters. */
const figure = /\d+(?:[.,]\d+)*/g
const stem = /[가-힣]{2}|\b[a-z]{4,5}/g

const stemsOf = (text: string): string[] =>
  (text.match(/\p{L}+/gu) ?? []).flatMap((word) => word.match(stem)?.slice(0, 1) ?? [])

/** Whether a proof has every figure of what is claimed, and half of its words at least. */
const isSupported = (claimed: string, proof: string): boolean => {
  const figures = new Set(proof.match(figure) ?? [])
  const stems = new Set(stemsOf(proof))
  const words = stemsOf(claimed)
  return (
    words.length > 0 &&
    (claimed.match(figure) ?? []).every((digits) => figures.has(digits)) &&
    words.filter((word) => stems.has(word)).length * 2 >= words.length
  )
}

/** A claim that no rule has found, and no proof supports. */
const readFindings = (
  { source, matching: { plain }, reader, locale }: Reading,
  proofs: () => readonly MatchingText[],
): CopyFinding[] => {
  const telling = reader.claim()
  if (telling === null) return []
  const claimed = plain.text.slice(telling.start, telling.end)
  if (proofs().some((proof) => isSupported(claimed, proof.plain.text))) return []
  const { start, end } = inSource(plain, telling)
  return [readFinding(source.slice(start, end).trim(), locale)]
}

const verdictOf = (findings: readonly CopyFinding[], isJudged: boolean): Verdict => {
  if (findings.some(({ severity }) => severity === 'block')) return 'blocked'
  if (!isJudged) return 'unjudged'
  return findings.length > 0 ? 'needs_evidence' : 'ok'
}

/**
 * What the rules of the pack say of one text: pure, in linear time, for any string.
 * `unjudged`: in a language that the pack does not know, or longer than 20,000 UTF-16 units, with
 * nothing in it that is blocked anyway.
 */
export const judgeCopy = (text: string, options: JudgeOptions): Judgement => {
  const source = text.slice(0, longestText)
  const matching = matchingText(source)
  let read: MatchingText[] | undefined
  // Most texts claim nothing that has to be proven.
  const proofs = (): MatchingText[] => {
    read ??= (options.evidence ?? []).map((proof) => matchingText(proof.slice(0, longestText)))
    return read
  }
  const types = options.productTypes.length === 0 ? allTypes : options.productTypes
  const day = dayInKorea(options.at)
  const isProven = ({ evidenceThatAllows }: CopyRule): boolean =>
    evidenceThatAllows !== null &&
    proofs().some((proof) => claimsOf(evidenceThatAllows.pattern, [], proof).length > 0)
  const { locale } = options
  const reader = claimReader(matching.plain.text, types)
  const reading: Reading = { source, matching, reader, locale }
  const found = copyRules
    .filter((rule) => holdsOn(day, rule))
    .filter((rule) => concerns(rule, types))
    .map((rule) => ({ rule, places: findingsOf(rule, reading) }))
    .filter(({ places }) => places.length > 0)
  const isJudged = text.length <= longestText && isKnownLanguage(matching.plain.text)
  const findings =
    isJudged && found.length === 0
      ? readFindings(reading, proofs)
      : found.flatMap(({ rule, places }) => (isProven(rule) ? [] : places))
  return {
    verdict: verdictOf(findings, isJudged),
    findings,
    product_types: [...types],
    pack_version: packVersion,
  }
}

/**
 * Does what the first texts of a process would wait for, up to a second: patterns are compiled when they are first
 * searched for, for each kind of letters, and once more when they are again; the rest is loaded by one judgement. One
 * pattern at a time, so that other work goes on between.
 * @param like a text as they will come
 */
export function* prepareJudge(like: string): Generator<void> {
  const { plain, squeezed } = matchingText(like.slice(0, longestText))
  // The prompt of a film is written in Latin letters, whatever the language of the rest.
  const latin = matchingText('film').plain
  for (const { pattern } of copyRules) {
    for (const view of [plain, squeezed, latin, latin]) spansOf(pattern, view)
    yield
  }
  judgeCopy(like, { productTypes: [], at: '', locale: 'ko-KR' })
}
