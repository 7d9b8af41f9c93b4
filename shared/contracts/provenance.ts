import * as z from 'zod'

/** Tokens that the model read and wrote. */
export const Usage = z.object({
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  total_tokens: z.number().int(),
})
export type Usage = z.infer<typeof Usage>

/** Where an agent's words come from: the one completed answer that holds them. */
export const Provenance = z.object({
  provider: z.string(),
  model: z.string(),
  response_id: z.string(),
  prompt_version: z.string(),
  /** Tokens of all calls the words rest on. */
  usage: Usage,
  /** Answers this one was shaped from, such as a web search. */
  based_on: z.array(z.string()).optional(),
  created_at: z.iso.datetime(),
})
export type Provenance = z.infer<typeof Provenance>

declare const authored: unique symbol

/**
 * Text that a model wrote, with its provenance. Only the agent runtime makes one, and only from an
 * answer that completed, was not refused and satisfied its schema and rules.
 */
export interface Authored<T> {
  readonly [authored]: true
  readonly value: T
  readonly provenance: Provenance
}
