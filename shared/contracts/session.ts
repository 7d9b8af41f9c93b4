import * as z from 'zod'
import { BriefSlots, Gate } from './brief.ts'
import { EarlyResearch } from './early-research.ts'
import { Access } from './identity.ts'
import { Provenance } from './provenance.ts'

export const sessionStates = [
  'CHAT_COLLECTING',
  'BRIEF_READY',
  'RUN_RESEARCH',
  'GEN_STRATEGY',
  'GEN_CREATIVES',
  'DONE',
  'FAILED',
] as const
/**
 * How far the conversation is; a run goes through the states from `RUN_RESEARCH` on. `FAILED` means that
 * the newest run failed: a turn that fails leaves the state as it is.
 */
export const SessionState = z.enum(sessionStates)
export type SessionState = z.infer<typeof SessionState>

export const locales = ['ko-KR', 'en-US'] as const
/** The language in which planner and agents write. */
export const Locale = z.enum(locales)
export type Locale = z.infer<typeof Locale>

export const modes = ['fast', 'standard'] as const
/**
 * How long agents may think before they write: less when `fast`, in which research also begins while the brief
 * is still talked about.
 */
export const Mode = z.enum(modes)
export type Mode = z.infer<typeof Mode>

export const SessionId = z.string().regex(/^sess_[0-9a-z]{26}$/)
/** A time in UTC. */
export const Timestamp = z.iso.datetime()

/** `planner` wrote it (a model), the `user` did, or the product itself (`system`). */
export const Author = z.enum(['user', 'planner', 'system'])
export type Author = z.infer<typeof Author>

/** Graphemes of a user's message, typed or spoken. */
export const messageLimit = 3000

/** How the user's part of a turn came: typed, spoken, or as a picture with a note. */
export const TurnInputKind = z.enum(['text', 'voice', 'picture'])
export type TurnInputKind = z.infer<typeof TurnInputKind>

/** One message of the conversation. Turn 0 is the greeting. */
export const Message = z.object({
  turn: z.number().int().min(0),
  role: z.enum(['user', 'assistant']),
  author: Author,
  /** Of a picture that came without a note, empty. */
  text: z.string(),
  next_question: z.string().nullable().optional(),
  input: TurnInputKind.optional(),
  /** Of a turn with a picture: the path at which it is. */
  image_url: z.string().optional(),
  client_message_id: z.string().optional(),
  provenance: Provenance.optional(),
  created_at: Timestamp,
})
export type Message = z.infer<typeof Message>

/** What the assistant says in an answer: the planner's own words, or a notice of the product. */
export const AssistantMessage = z.object({
  author: z.enum(['planner', 'system']),
  text: z.string(),
  next_question: z.string().nullable(),
})
export type AssistantMessage = z.infer<typeof AssistantMessage>

/** A session as it stands. */
export const SessionView = z.object({
  session_id: SessionId,
  /** What the caller may do with it. */
  access: Access,
  state: SessionState,
  mode: Mode,
  locale: Locale,
  turn: z.number().int(),
  brief_slots: BriefSlots,
  gate: Gate,
  /** Filled required slots in percent while collecting, finished stages in percent while running. */
  progress: z.number().int().min(0).max(100),
  /** The newest run. */
  run_id: z.string().nullable(),
  /** The run whose brief it began with. */
  from_run_id: z.string().nullable(),
  /** Null in `standard` mode, and before the product, its category and its buyers are known. */
  early_research: EarlyResearch.nullable(),
  /** The `seq` of the newest event in the log. */
  last_seq: z.number().int(),
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type SessionView = z.infer<typeof SessionView>

/** A session in a list. */
export const SessionSummary = SessionView.pick({
  session_id: true,
  state: true,
  locale: true,
  mode: true,
  turn: true,
  run_id: true,
  from_run_id: true,
  gate: true,
  created_at: true,
  updated_at: true,
}).extend({
  /** As the brief has it so far. */
  product_name: z.string().nullable(),
  product_category: z.string().nullable(),
})
export type SessionSummary = z.infer<typeof SessionSummary>
