import * as z from 'zod'

/** A limit of the product's own that a request was refused by; a model server's has none of this. */
export const LimitReached = z.object({
  /** What is limited: `turns`, `sessions`, `runs`, … */
  name: z.string(),
  /** Its scope: this caller, all callers at its network address, or all callers together. */
  scope: z.enum(['principal', 'address', 'deployment']),
  max: z.number().int(),
  /** Seconds over which `max` comes back; null for what is counted while it lasts. */
  window_seconds: z.number().int().nullable(),
})
export type LimitReached = z.infer<typeof LimitReached>
