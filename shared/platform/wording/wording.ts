import type { Locale } from '../../contracts/session.ts'

/** One text in every language of the product. */
export type Wording = Record<Locale, string>
