import type { AllowingEvidence } from '../copy-rule.ts'
import { ends } from './betterment.ts'

/** Something within a few characters before something else, in one sentence. */
export const near = (subject: string, effect: string, gap = 10): RegExp =>
  new RegExp(`(?:${subject})(?:[^.!?\\n]|\\.(?=\\d)){0,${gap}}?(?:${effect})`, 'u')

/** Either of several patterns. */
export const either = (...patterns: readonly RegExp[]): RegExp =>
  new RegExp(patterns.map(({ source }) => source).join('|'), 'u')

/** Verbs and nouns with which a copy says that something bad becomes less, in all their forms. */
export const relief = `완화|개선|경감|감소|해소|제거|억제|줄[이어여었인입]|줄고|가라앉|사라[지져졌진집질]|없[애앤앨앴]|없어[지져졌진집질]|옅어|지[우워웠운]|케어|잡아|잡는|잡았|진정|낫게|낫는|낫습|낫다|낫고|나아[지졌진집요서]|나았|나은(?!지)|회복|호전|예방|방지|막아|막는|막습|탈출|끝|해방|안녕|굿\\s?바이|박멸|관리|해결|솔루션|고민\\s?(?:제로|타파|아웃)|싹|쏙|삭제|정복|차단|물리치|다스[리려린립]|relief|relieve|reduc|remov|sooth|improv|treat|care|heal|fade|clear|${ends}`

/** Names of preparations: a disease in front of them says what they are for. */
export const preparations =
  '크림|연고|로션|세럼|앰플|에센스|토너|미스트|샴푸|비누|워시|클렌저|폼|패치|팩|밤|젤|스프레이|오일|파우더|화장품|제품|cream|balm|lotion|serum|gel|wash|ointment|shampoo'

/** What the seller may already hold, and not only intends to get. */
const held = '(?![^.!?\\n]{0,14}(?:예정|준비|신청|계획|진행\\s?중|미완|없))'
const testing =
  '인체\\s?적용\\s?시험|인체\\s?적용\\s?테스트|임상|시험\\s?성적서|시험\\s?결과|시험\\s?완료|테스트\\s?완료|실증\\s?자료|효력\\s?시험|자극\\s?테스트|패치\\s?테스트|피부\\s?시험|시험\\s?기관|연구\\s?센터|피부과학\\s?연구|설문|소비자\\s?조사|조사\\s?기관|katri|fiti|kcl|ktr|in[- ]vitro|clinical (?:test|trial|stud)|human application|consumer study|test report|lab(?:oratory)? test'

const both = (subject: string, proof: string): RegExp =>
  new RegExp(
    `(?:${subject})[^.!?\\n]{0,80}(?:${proof})${held}|(?:${proof})[^.!?\\n]{0,80}(?:${subject})${held}`,
    'u',
  )

/** A test on people, or of the product, that is about the subject. */
export const testOf = (subject: string, ko: string, en: string): AllowingEvidence => ({
  description: {
    ko: `${ko}에 대한 이 제품의 인체적용시험 등 실증자료`,
    en: `A test of this product (on people, or as strong) about ${en}`,
  },
  pattern: both(subject, testing),
})

/** The ministry's review or report of a functional cosmetic. */
export const reviewOf = (subject: string, ko: string, en: string): AllowingEvidence => ({
  description: {
    ko: `식품의약품안전처의 기능성화장품 심사 또는 보고(${ko})`,
    en: `The ministry's review or report of this product as a functional cosmetic (${en})`,
  },
  pattern: both(
    subject,
    '기능성\\s?화장품|기능성\\s?(?:심사|보고|인증|허가)|심사\\s?(?:필|완료|번호|제|결과|통지)|식약처\\s?(?:심사|보고|고시)|보고\\s?(?:필|완료|번호)|functional cosmetic|mfds (?:review|report)',
  ),
})

/** Any paper that is named by its own words. */
export const paper = (pattern: RegExp, ko: string, en: string): AllowingEvidence => ({
  description: { ko, en },
  pattern: new RegExp(`(?:${pattern.source})${held}`, 'u'),
})

/** `the look of fine lines`: an appearance, no change of the skin. */
export const appearance =
  /(?:look|appearance)s? of (?:[a-z]+ ){0,3}(?:fine lines|wrinkles|dark spots|age spots|pores|puffiness|dark circles|redness|cellulite|scars?)(?:(?:,| and| &) (?:fine lines|wrinkles|pores|dark spots))?/u

/** Make-up hides, which is what it is for. */
export const covered = (subject: string): RegExp =>
  new RegExp(
    `(?:${subject})[을를까지도은는이가와과,\\s]{0,4}(?:[가-힣]{1,5}[을를과와]?\\s?){0,2}(?:커버|가[리려]|감추|감춰|cover|conceal)[가-힣]{0,3}`,
    'u',
  )

/** `주름개선 기능성화장품`, `미백에 도움을 주는 기능성화장품`: what the law itself calls them. */
export const approved = (subject: string): RegExp =>
  new RegExp(
    `(?:${subject})[^.!?\\n]{0,24}(?:기능성\\s?화장품|이중\\s?기능성|functional cosmetic)|기능성\\s?화장품\\s?\\(?[^.!?\\n]{0,12}(?:${subject})(?:\\s?(?:개선|차단|완화))?`,
    'u',
  )
