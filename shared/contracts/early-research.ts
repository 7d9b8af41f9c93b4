import * as z from 'zod'
import { CallUsage, Cost, SearchUsage } from './provenance.ts'

/** What early searches used. Without a price for the model the cost is null; searches cost beside it. */
export const EarlyResearchUsage = CallUsage.extend({
  cost: Cost.nullable(),
  search: SearchUsage,
})
export type EarlyResearchUsage = z.infer<typeof EarlyResearchUsage>

export const earlyResearchStatuses = ['searching', 'found', 'failed', 'cancelled', 'taken'] as const

/**
 * Research that a session in `fast` mode began while its brief was still talked about: a search, and the findings
 * that are made of it. It ends as `cancelled` when what it is about has changed before anything was found, and as
 * `found` once something was, whether or not findings came of it. One that failed is no error: the run does by itself
 * what is missing.
 */
export const EarlyResearch = z.object({
  /** Of the newest search. */
  status: z.enum(earlyResearchStatuses),
  /** Searches that were begun: another one each time that the product, its category or its buyers changed. */
  searches: z.number().int(),
  /** When the newest one began. */
  begun_at: z.iso.datetime(),
  /** The run that took it first, and counts what it used among its own. */
  run_id: z.string().nullable(),
  /** Of all these searches, taken or not. */
  usage: EarlyResearchUsage,
})
export type EarlyResearch = z.infer<typeof EarlyResearch>
