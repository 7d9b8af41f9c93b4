/** A function of the body that a health-functional food may be recognised for and an ordinary food may not claim. */
export interface FunctionalTopic {
  key: string
  ko: string
  en: string
  pattern: RegExp
  /** The recognised wording that stands before «에 도움을 줄 수 있음» or «에 필요». */
  recognised: string
  /** Words that have no other use in an advertisement for food. */
  mention?: string
  /** Other uses of the same words. */
  except?: readonly RegExp[]
  bad: readonly [string, ...string[]]
  /** Innocent in an ordinary food. */
  goodFood: readonly [string, ...string[]]
  /** The recognised statement. */
  goodFunctional: readonly [string, ...string[]]
}

/** «Raises, helps, improves …», in the stems and the foreign words that advertisements use. */
export const raises = String.raw`(?:강화|증진|증강|향상|개선|촉진|높[이여은]|높여|키우|키워|올[리려라]|up\b|업(?![가-힣])|챙기|챙겨|챙긴|쑥쑥|지키|지켜|지킴|좋[은아다]|도움|튼튼|부스[터트팅]|충전|폭발|회복|활성|관리|책임|살리|살려|되찾|케어|방패|든든|보호|유지|활발|원활|걱정\s*(?:끝|없|마)|뚫|맑[은게아]|깨끗|완화|해소|싹|특효|효과|효능|탁월|(?:에는|엔)\s*(?:역시|[가-힣a-z])|의\s*비결|한\s*(?:포|병|잔|알)으로|필수)`

/** A subject, and within `reach` characters a verb of improvement. */
export const claim = (subject: string, reach = 12): string =>
  `(?:${subject})[^.!?\\n]{0,${String(reach)}}?${raises}`
export const pattern = (...parts: string[]): RegExp => new RegExp(parts.join('|'), 'u')
