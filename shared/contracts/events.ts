import * as z from 'zod'
import { StageName, type stageNames } from './agents.ts'
import { Gate, SlotPath, SlotUpdate } from './brief.ts'
import { ElementVerdict } from './copy-safety.ts'
import { ErrorBody, ErrorCode, FieldError } from './problems.ts'
import { Locale, Mode, SessionId, SessionState, Timestamp, TurnInputKind } from './session.ts'
import { CapName } from './spend.ts'

/** Largest event on the wire, in bytes of its JSON; what is larger is named by id. */
export const eventBytesLimit = 24 * 1024

const turn = z.number().int().min(0)
/** 1, or 2 when the model was asked again: the text of try 2 replaces that of try 1. */
const modelTry = z.number().int().min(1).max(2)

/**
 * One finished element of an agent's answer, as it arrived; `kind` names the list or field it is of.
 * `try` grows within an attempt of the run whenever the model is asked again, by whichever worker:
 * elements of a later try replace those of an earlier one, and any of an earlier one that come late. Those
 * of `creative.delta` do so by kind: copies, posters and film are answers of their own.
 */
const element = z.object({
  kind: z.string(),
  item: z.unknown(),
  try: z.number().int().min(1).max(3),
  /** Of an element with texts that go out: what the copy filter says. What it blocks is never an event. */
  copy_safety: ElementVerdict.optional(),
})

export const FailureData = z.object({
  code: ErrorCode,
  message: z.string(),
  retryable: z.boolean(),
  /** What a service said about it, when that tells more than the code. */
  detail: z.string().optional(),
  /** With `COPY_SAFETY_REJECTED`: the rule and the law of each text that was blocked, at its place. */
  errors: z.array(FieldError).optional(),
  /** The stage of a run, or `turn`. */
  stage: z.union([StageName, z.literal('turn')]),
  /** The stage at which the run can be resumed. */
  resume_from: StageName.nullable(),
  turn: turn.optional(),
  /** With `BUDGET_EXCEEDED`: the cap that has no room. */
  cap: CapName.optional(),
})
export type FailureData = z.infer<typeof FailureData>

export const eventData = {
  /** The conversation begins. */
  'session.started': z.object({ locale: Locale, mode: Mode, state: SessionState }),
  /** A message of the user was taken; the planner answers it. */
  'turn.started': z.object({
    turn,
    message: z.string(),
    input: TurnInputKind,
    client_message_id: z.string().optional(),
    /** Of a turn with a picture: the path at which it is. */
    image_url: z.string().optional(),
  }),
  /** A piece of the planner's reply, as the model writes it. */
  'planner.delta': z.object({ text: z.string(), turn, try: modelTry }),
  /** Slots of the brief were filled or corrected. */
  'slot.updated': z.object({
    slot_updates: z.array(SlotUpdate),
    gate: Gate,
    /** Slots that were emptied; only of a brief that was edited by hand, or taken from a run. */
    cleared: z.array(SlotPath).optional(),
  }),
  /** The brief is complete: a run may start. */
  'gate.ready': Gate,
  /** The session went from one state to another. */
  'stage.changed': z.object({
    from: SessionState,
    to: SessionState,
    state: SessionState,
    stage: StageName.optional(),
  }),
  /** Something the research agent found. */
  'research.delta': element,
  /** Something the strategy agent decided. */
  'strategy.delta': element,
  /** Something the creative agent wrote. */
  'creative.delta': element,
  /** What was understood of a spoken message; in a run, something the voice agent wrote. */
  'voice.delta': z.union([element, z.object({ transcript: z.string(), turn })]),
  /**
   * A poster, a narration, subtitles or a video can be fetched. `url` is the path of its route, which answers
   * with signed links: an event is kept for longer than any link holds. `expires_at` is when the asset is deleted.
   */
  'asset.ready': z.object({
    asset_id: z.string(),
    asset_type: z.string(),
    /**
     * Path of the asset's own route, from the API's root: it answers with links that are good for a quarter of an
     * hour, and an event is read for months.
     */
    url: z.string(),
    /** When the asset is deleted. */
    expires_at: Timestamp,
  }),
  /** An asset could not be made; the other assets of its job go on. */
  'asset.failed': z.object({
    asset_id: z.string(),
    asset_type: z.string(),
    stage: z.string(),
    code: ErrorCode,
    message: z.string(),
    retryable: z.boolean(),
    /** What a vendor or a check said, when that tells more than the code. */
    detail: z.string().optional(),
  }),
  /** A job came further, or to its end. */
  'job.updated': z.object({
    job_id: z.string(),
    type: z.string(),
    status: z.enum(['queued', 'running', 'completed', 'failed', 'cancelled']),
    progress: z.number().int().min(0).max(100),
    eta_seconds: z.number().int().nullable(),
  }),
  /** The reply is complete and stored. */
  'turn.completed': z.object({
    turn,
    state: SessionState,
    gate: Gate,
    /** Why the product itself answered, with a notice: what the agent would have done was not possible. */
    not_read: ErrorBody.optional(),
  }),
  /** The package is complete. */
  'run.completed': z.object({ run_id: z.string(), state: z.literal('DONE') }),
  /** A turn or a run failed, or was stopped. */
  error: FailureData,
} as const

export type EventType = keyof typeof eventData
export type EventData<T extends EventType> = z.infer<(typeof eventData)[T]>

/** What a writer hands to the log; the log adds seq, id, session and time. */
export type EventDraft = {
  [T in EventType]: { type: T; data: EventData<T>; run_id?: string | undefined }
}[EventType]

const envelope = <T extends EventType>(type: T) =>
  z.object({
    event_id: z.string().regex(/^evt_\d{5,}$/),
    seq: z.number().int().min(1),
    session_id: SessionId,
    run_id: z.string().optional(),
    type: z.literal(type),
    created_at: Timestamp,
    data: eventData[type],
  })

/** One entry of a session's log. */
export const StudioEvent = z.discriminatedUnion('type', [
  envelope('session.started'),
  envelope('turn.started'),
  envelope('planner.delta'),
  envelope('slot.updated'),
  envelope('gate.ready'),
  envelope('stage.changed'),
  envelope('research.delta'),
  envelope('strategy.delta'),
  envelope('creative.delta'),
  envelope('voice.delta'),
  envelope('asset.ready'),
  envelope('asset.failed'),
  envelope('job.updated'),
  envelope('turn.completed'),
  envelope('run.completed'),
  envelope('error'),
])

/** The envelope as stored and sent, its data fitting its type. */
export type StudioEvent = {
  [T in EventType]: {
    event_id: string
    seq: number
    session_id: string
    run_id?: string | undefined
    type: T
    created_at: string
    data: EventData<T>
  }
}[EventType]

export const stageDelta = {
  research: 'research.delta',
  strategy: 'strategy.delta',
  creative: 'creative.delta',
  voice: 'voice.delta',
} as const satisfies Record<(typeof stageNames)[number], EventType>

export const eventId = (seq: number): string => `evt_${String(seq).padStart(5, '0')}`
