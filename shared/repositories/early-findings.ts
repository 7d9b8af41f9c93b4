import * as z from 'zod'
import type { Item, Write } from '../clients/store.ts'
import { ResearchOutput } from '../contracts/agents.ts'
import { type Authored, Provenance } from '../contracts/provenance.ts'
import { assertAuthored } from '../platform/authored.ts'
import { packDense, parseStored } from './json-attributes.ts'
import { earlyFindingsKey, expiry } from './table-keys.ts'

/** Findings that were shaped before a run, as its stage stores them. */
export const ShapedFindings = z.object({
  output: ResearchOutput,
  provenance: Provenance,
  dropped_evidence: z.number().int(),
})
export type ShapedFindings = z.infer<typeof ShapedFindings>

/** What is kept of an early search, for a day: one item, apart from the search since it is large and read once. */
export interface KeptSearch {
  /** What it found; undefined when that is not kept, or not any more. */
  findings: unknown
  /** Undefined when the run has to shape what was found. */
  shaped: ShapedFindings | undefined
}

/** What the agent made of what was found. */
export interface EarlyShape {
  output: Authored<ResearchOutput>
  droppedEvidence: number
}

export const keptIn = (item: Item | undefined): KeptSearch => ({
  findings: parseStored(item?.search),
  // Those of another version of the contract are for the run to shape.
  shaped: ShapedFindings.safeParse(parseStored(item?.shaped)).data,
})

/** @param now epoch milliseconds @param found JSON */
export const putFindings = (
  sessionId: string,
  number: number,
  now: number,
  found: object,
): Write => ({
  put: {
    ...earlyFindingsKey(sessionId, number),
    ...packDense({ search: found }),
    ttl: expiry(now, 'findings'),
  },
})

/** Adds what was made of them. @param now epoch milliseconds */
export const addShape = (
  sessionId: string,
  number: number,
  now: number,
  { output, droppedEvidence }: EarlyShape,
): Write => {
  const { value, provenance } = assertAuthored(output)
  const shaped: ShapedFindings = { output: value, provenance, dropped_evidence: droppedEvidence }
  return {
    update: earlyFindingsKey(sessionId, number),
    set: { ...packDense({ shaped }), ttl: expiry(now, 'findings') },
  }
}
