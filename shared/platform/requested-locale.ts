import type { Locale } from '../contracts/session.ts'

/** One language of an Accept-Language header with its weight, 1 when it names none. */
const weighed = (range: string): { language: string; weight: number } => {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1'
  return { language: tag.split('-')[0] ?? '', weight: Number(weight) || 0 }
}

/** The language that an Accept-Language header asks for; undefined when it names neither of ours. */
export const requestedLocale = (acceptLanguage: string | undefined): Locale | undefined => {
  const named = (acceptLanguage ?? '')
    .split(',')
    .map(weighed)
    .filter(({ language, weight }) => weight > 0 && (language === 'ko' || language === 'en'))
  const [first] = named.toSorted((one, other) => other.weight - one.weight)
  return first && (first.language === 'en' ? 'en-US' : 'ko-KR')
}

/** The language for callers that neither ask for one nor have a session. */
export const defaultLocale: Locale = 'ko-KR'
