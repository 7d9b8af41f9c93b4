import type { CopyFinding, Judgement, ProductType, Verdict } from '../../contracts/copy-safety.ts'
import { productTypes as allTypes } from '../../contracts/copy-safety.ts'
import type { Locale } from '../../contracts/session.ts'
import { boundedPattern } from './bounded-pattern.ts'
import { readClaim } from './claim-reader.ts'
import type { CopyRule } from './copy-rule.ts'
import { isKnownLanguage } from './language.ts'
import { citationOf } from './laws.ts'
import {
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

function* spansOf(pattern: RegExp, { text }: MatchingView): Generator<Span> {
  for (const { 0: found, index } of text.matchAll(searching(pattern)))
    if (found !== '') yield { start: index, end: index + found.length }
}

/** A place in the stored text. */
const inSource = ({ starts, ends }: MatchingView, { start, end }: Span): Span => ({
  start: starts[start] ?? 0,
  end: ends[end - 1] ?? 0,
})

/** Where a pattern is found in the stored text, in the plain view and behind hidden spellings. */
function* placesOf(pattern: RegExp, { plain, squeezed }: MatchingText): Generator<Span> {
  for (const span of spansOf(pattern, plain)) yield inSource(plain, span)
  for (const span of spansOf(pattern, squeezed))
    if (isHiddenMatch(squeezed, span.start, span.end)) yield inSource(squeezed, span)
}

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
const claimsOf = (pattern: RegExp, exceptions: readonly RegExp[], text: MatchingText): Span[] => {
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
    if (!isNotClaimed(text.plain.text, inPlain(text.plain, place))) claims.push(place)
  }
  return claims
}

const language = (locale: Locale): 'ko' | 'en' => (locale === 'ko-KR' ? 'ko' : 'en')

const findingsOf = (
  rule: CopyRule,
  source: string,
  text: MatchingText,
  locale: Locale,
): CopyFinding[] => {
  const words = claimsOf(rule.pattern, rule.exceptions, text).map(({ start, end }) =>
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

/** Below it a text claims nothing, whatever rules for what has to be proven find in it. */
const innocentBelow = 0.1
/** Above it a text claims something, although no rule finds what. */
const claimAbove = 0.5

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

/** Findings of what has to be proven, as the claim reader reads the whole text. */
const read = (
  findings: CopyFinding[],
  { source, matching, types, options }: Reading,
): CopyFinding[] => {
  const { plain } = matching
  const { probability, telling } = readClaim(plain.text, types, (options.evidence ?? []).length > 0)
  if (probability < innocentBelow) return []
  if (findings.length > 0 || probability <= claimAbove) return findings
  const { start, end } = inSource(plain, telling)
  return [readFinding(source.slice(start, end).trim(), options.locale)]
}

interface Reading {
  source: string
  matching: MatchingText
  types: readonly ProductType[]
  options: JudgeOptions
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
  const proofs = (options.evidence ?? []).map((proof) => matchingText(proof.slice(0, longestText)))
  const types = options.productTypes.length === 0 ? allTypes : options.productTypes
  const day = dayInKorea(options.at)
  const isProven = ({ evidenceThatAllows }: CopyRule): boolean =>
    evidenceThatAllows !== null &&
    proofs.some((proof) => claimsOf(evidenceThatAllows.pattern, [], proof).length > 0)
  const found = copyRules
    .filter((rule) => holdsOn(day, rule))
    .filter((rule) => concerns(rule, types))
    .flatMap((rule) => {
      const places = findingsOf(rule, source, matching, options.locale)
      return places.length > 0 && isProven(rule) ? [] : places
    })
  const isBlocked = found.some(({ severity }) => severity === 'block')
  const isJudged = text.length <= longestText && isKnownLanguage(matching.plain.text)
  const findings =
    isJudged && !isBlocked ? read(found, { source, matching, types, options }) : found
  return {
    verdict: verdictOf(findings, isJudged),
    findings,
    product_types: [...types],
    pack_version: packVersion,
  }
}
