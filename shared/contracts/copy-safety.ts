import * as z from 'zod'

/** What the law treats apart. A product may be of several; `children` is a product or an ad for them. */
export const productTypes = [
  'cosmetics',
  'food',
  'health_functional_food',
  'quasi_drug',
  'medical_device',
  'children',
  'general',
] as const
export const ProductType = z.enum(productTypes)
export type ProductType = z.infer<typeof ProductType>

export const verdicts = ['ok', 'needs_evidence', 'blocked', 'unjudged'] as const
/**
 * What the copy filter says of one text: `needs_evidence` is allowed once a finding's `allowed_by` is at
 * hand; `unjudged` could not be judged and is not to be taken for `ok`.
 */
export const Verdict = z.enum(verdicts)
export type Verdict = z.infer<typeof Verdict>

/** One rule that a text meets. */
export const CopyFinding = z.object({
  rule: z.string(),
  severity: z.enum(['block', 'needs_evidence']),
  /** Law, article and item, in the language of the request. */
  law: z.string(),
  /** The words of the text that the rule is about, as they stand there. */
  match: z.string(),
  explanation: z.string(),
  /** What would allow it; null for what nothing allows. */
  allowed_by: z.string().nullable(),
})
export type CopyFinding = z.infer<typeof CopyFinding>

export const Judgement = z.object({
  verdict: Verdict,
  findings: z.array(CopyFinding),
  product_types: z.array(ProductType),
  /** The version of the rule pack. */
  pack_version: z.string(),
})
export type Judgement = z.infer<typeof Judgement>
