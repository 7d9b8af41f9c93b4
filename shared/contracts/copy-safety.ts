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

/** Whether the provider's moderation judges beside the rules. */
export const moderationStates = ['on', 'not_configured'] as const
export const ModerationState = z.enum(moderationStates)
export type ModerationState = z.infer<typeof ModerationState>

/** What the filter says of one text that was delivered; `where` is its field, with the id of its entry. */
export const CopyVerdict = z.object({
  /** `ad_copies.c1`, `weekly_plan.0`, `voiceover_script_short`. */
  where: z.string(),
  verdict: Verdict,
  findings: z.array(CopyFinding),
})
export type CopyVerdict = z.infer<typeof CopyVerdict>

/** A text that was blocked, went back to the model once, and was blocked again: it was not delivered. */
export const CopyRejection = z.object({
  text: z.string(),
  rule: z.string(),
  law: z.string(),
  where: z.string(),
})
export type CopyRejection = z.infer<typeof CopyRejection>

/** How the texts of a package were judged, in the language of its session. */
export const CopySafety = z.object({
  pack_version: z.string(),
  product_types: z.array(ProductType),
  moderation: ModerationState,
  verdicts: z.array(CopyVerdict),
})
export type CopySafety = z.infer<typeof CopySafety>

/** What a stage has to tell of its texts: those that it delivers and those that it left out. */
export interface CopyReport extends CopySafety {
  rejected: CopyRejection[]
}

/** What a streamed element's event says of its texts; the package has the findings in full. */
export const ElementVerdict = z.object({
  verdict: Verdict,
  /** Ids of the rules that it meets. */
  rules: z.array(z.string()),
})
export type ElementVerdict = z.infer<typeof ElementVerdict>

/** The answer of the filter alone. */
export const CopyCheck = Judgement.extend({ moderation: ModerationState })
export type CopyCheck = z.infer<typeof CopyCheck>
