import type { Judgement, ProductType } from '../../contracts/copy-safety.ts'
import type { Locale } from '../../contracts/session.ts'

export interface JudgeOptions {
  productTypes: readonly ProductType[]
  /** ISO 8601: the rules of that day hold. */
  at: string
  /** The language of laws and explanations. */
  locale: Locale
  /** What the brief and verified evidence say of this product: it clears what it proves. */
  evidence?: readonly string[]
}

export type JudgeCopy = (text: string, options: JudgeOptions) => Judgement
