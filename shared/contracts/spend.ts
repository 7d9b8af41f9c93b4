import * as z from 'zod'
import { agentNames } from './agents.ts'
import { Cost } from './provenance.ts'

export const capNames = ['run', 'principal_day', 'deployment_day'] as const
/** A limit of what may be spent: by one run; by one principal, or the whole deployment, on one day in UTC. */
export const CapName = z.enum(capNames)
export type CapName = z.infer<typeof CapName>

export const spendServices = [
  'model',
  'search',
  'transcription',
  'speech',
  'image',
  'film',
] as const
/** What costs money. Reading pages and moderation are free. */
export const SpendService = z.enum(spendServices)
export type SpendService = z.infer<typeof SpendService>

const count = z.number().int()
/** US dollars. */
const dollars = z.number()

/**
 * What calls of one service used. Calls that failed, were aborted or reported nothing are among them.
 */
export const ServiceUsage = z.object({
  calls: count,
  /**
   * Of these, calls that did not report what they used: what was reserved for them counts as their cost, and
   * nothing for those that were refused before they began.
   */
  calls_without_usage: count,
  /** Of these, calls whose price is not known: in no cost. */
  calls_without_price: count,
  /** At list prices; null unless the price of every call is known, and without calls. */
  cost: Cost.nullable(),
  /** US dollars of the cost that were reserved for calls without usage, and so are an upper bound. */
  estimated: dollars,
})
export type ServiceUsage = z.infer<typeof ServiceUsage>

/** The same of a text model, with its tokens. */
export const ModelUsage = ServiceUsage.extend({
  input_tokens: count,
  output_tokens: count,
  total_tokens: count,
})
export type ModelUsage = z.infer<typeof ModelUsage>

/** What one principal used on one day in UTC. */
export const DayUsage = z.object({
  date: z.iso.date(),
  /** US dollars that count towards the caps of the day. */
  spent: dollars,
  /** US dollars that are reserved for calls in progress, or by workers that died. */
  reserved: dollars,
  services: z.object({
    model: ModelUsage.extend({ agents: z.partialRecord(z.enum(agentNames), ModelUsage) }),
    /** Searches, hosted ones of the model's server and requests to search providers. */
    search: ServiceUsage,
    /** Recordings that were sent, in seconds of sound. */
    transcription: ServiceUsage.extend({ seconds: z.number() }),
    /** Texts that were spoken, in characters (Unicode code points) and seconds of sound. */
    speech: ServiceUsage.extend({ characters: count, seconds: z.number() }),
    /** Pictures that were bought. */
    image: ServiceUsage,
    /** Film clips that were bought. */
    film: ServiceUsage,
  }),
})
export type DayUsage = z.infer<typeof DayUsage>

/** What the caller used and may still spend. Nothing in it falls when a session is erased. */
export const UsageReport = z.object({
  today: DayUsage,
  /** The last 30 days in UTC, today's among them, newest first; those without usage are left out. */
  days: z.array(DayUsage),
  /** US dollars. */
  caps: z.object({
    /** Each run's. */
    run: z.object({ limit: dollars }),
    principal_day: z.object({
      limit: dollars,
      /** Neither spent nor reserved today. */
      left: dollars,
      /** When the next day in UTC begins. */
      resets_at: z.iso.datetime(),
    }),
    /** All principals together. */
    deployment_day: z.object({ limit: dollars }),
  }),
})
export type UsageReport = z.infer<typeof UsageReport>
