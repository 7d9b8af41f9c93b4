import * as z from 'zod'

/** Tokens that the model read and wrote. */
export const Usage = z.object({
  input_tokens: z.number().int(),
  output_tokens: z.number().int(),
  total_tokens: z.number().int(),
})
export type Usage = z.infer<typeof Usage>

/**
 * What calls of a model used, failed ones included. A server does not report the tokens of every call:
 * those of `calls_without_usage` are unknown and in none of the sums.
 */
export const CallUsage = Usage.extend({
  calls: z.number().int(),
  calls_without_usage: z.number().int(),
})
export type CallUsage = z.infer<typeof CallUsage>

/**
 * The price of what was reported, at the provider's list price: calls without usage are not in it, and
 * neither are discounts such as those for cached input.
 */
export const Cost = z.object({
  amount: z.number(),
  currency: z.literal('USD'),
  /** Names the dated table that the prices are from. */
  price_table: z.string(),
})
export type Cost = z.infer<typeof Cost>

/** Searches: those of the model's server, and requests to search providers. */
export const SearchUsage = z.object({
  calls: z.number().int(),
  /** Null unless the price of every search is known, and without any. */
  cost: Cost.nullable(),
})
export type SearchUsage = z.infer<typeof SearchUsage>

/** The one completed answer that holds an agent's words. */
const AnswerProvenance = z.object({
  provider: z.string(),
  model: z.string(),
  /** Null when the server named none, or the words are of several answers. */
  response_id: z.string().nullable(),
  prompt_version: z.string(),
  /** Of all calls that were made for these words, those that failed too. */
  usage: CallUsage,
  /** Answers this one was shaped from, such as a web search. */
  based_on: z.array(z.string()).optional(),
  /** Answers whose texts took the place of those that the copy filter had blocked in this one. */
  repaired_by: z.array(z.string()).optional(),
  created_at: z.iso.datetime(),
})

/**
 * Where an agent's words come from: the completed answer that holds them. Words of several answers have the
 * sums of their usage, and each differing name of provider, model and prompt version.
 */
export const Provenance = AnswerProvenance.extend({
  /** Of words of several answers: each answer, by the field of the output that it holds. */
  parts: z.record(z.string(), AnswerProvenance).optional(),
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
