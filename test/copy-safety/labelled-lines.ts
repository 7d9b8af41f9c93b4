/**
 * Ad lines with the verdict that a careful compliance officer at a Korean agency gives. They were
 * written without reading the rules' patterns, so that they tell how the rules do on what sellers
 * write. A note that names a case tells of an authority's decision on a claim like it.
 *
 * Rules are written from `development.jsonl`; `heldout.jsonl` is NEVER read for that: its authors read
 * neither the rules nor the other lines. A line of it that was read while rules were written moves to
 * the development part, and a new one takes its place. Three sets have moved there as wholes; today's is
 * two thirds of what six authors wrote, by the SHA-256 of the ids, judged again by a second labeller who
 * did not know the first one's verdicts.
 *
 * `evasions.jsonl` holds lines that were written to get past the filter, and innocent ones that look
 * alike. They are counted apart: many claim by implication, which no pattern finds for certain.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { ProductType } from '../../shared/contracts/copy-safety.ts'

const laws = [
  'cosmetics',
  'food',
  'health_functional_food',
  'quasi_drug',
  'medical_device',
  'children',
  'general',
  'ai_expert',
  'ftc',
] as const

const LabelledLine = z.strictObject({
  id: z.string(),
  text: z.string(),
  category: z.string(),
  /** Null: they follow from the category. */
  product_types: z.array(ProductType).nullable(),
  expected: z.enum(['ok', 'needs_evidence', 'blocked']),
  law: z.enum(laws),
  /** What the brief or verified evidence holds. */
  evidence: z.array(z.string()).optional(),
  /** The day in Korea on which the line is judged, where it matters. */
  date: z.iso.date().optional(),
  note: z.string().optional(),
})
export type LabelledLine = z.infer<typeof LabelledLine>

export const parts = ['development', 'heldout', 'evasions'] as const
export type Part = (typeof parts)[number]

/** The first line of a part says what it is for. */
export const readLabelledLines = (part: Part): LabelledLine[] =>
  readFileSync(join(import.meta.dirname, `${part}.jsonl`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => LabelledLine.parse(JSON.parse(line)))
