import type { ProductType } from '../../contracts/copy-safety.ts'

/** A law, an enforcement rule or an authority's guideline. */
export interface Law {
  title: { ko: string; en: string }
  /** Where the text stands. */
  url: string
}

/** What a seller has to hold so that a claim may be made. */
export interface AllowingEvidence {
  description: { ko: string; en: string }
  /** Found in what the brief or verified evidence says of this product. */
  pattern: RegExp
}

/** One way in which an ad copy breaks a law, or needs proof. Data: `judge.ts` applies it. */
export interface CopyRule {
  /** `cosmetics.medicine.atopy`: stable, since verdicts and reports name it. */
  id: string
  productTypes: readonly ProductType[] | 'all'
  /**
   * Not applied when the product may be sold as this type instead, whose own rule then asks for what
   * decides it; a product of which nothing is known is judged by both. Null: always applied.
   */
  yieldsTo: ProductType | null
  /** A key of `laws`. */
  law: string
  /** `13(1)`, `annex 5`; anything else is shown as it is. */
  article: string
  item: string | null
  /** `안내서-0086-07 p. 9`, for example. */
  guidelinePage: string | null
  /** First and last day on which it holds, in Korea; null: open. */
  effectiveFrom: string | null
  effectiveUntil: string | null
  /** Applied to the normalized text, see `matching-text.ts`. */
  pattern: RegExp
  /** Phrases that are allowed although the pattern is found in them: each clears only what it covers. */
  exceptions: readonly RegExp[]
  evidenceThatAllows: AllowingEvidence | null
  severity: 'block' | 'needs_evidence'
  explanation: { ko: string; en: string }
  examplesBad: readonly string[]
  examplesGood: readonly string[]
}
