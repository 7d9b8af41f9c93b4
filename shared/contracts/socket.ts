import * as z from 'zod'
import { StudioEvent } from './events.ts'
import { ClientMessageId, MessageText } from './http/chat-routes.ts'
import { LimitReached } from './limits.ts'
import { ErrorBody, FieldError } from './problems.ts'
import { Locale } from './session.ts'
import { CapName } from './spend.ts'
import { UploadId } from './voice.ts'

/** Frames a client may send over the socket. */
export const ClientFrame = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('resume'), after_seq: z.number().int().min(0) }),
  z.strictObject({
    action: z.literal('message'),
    message: MessageText,
    client_message_id: ClientMessageId.optional(),
  }),
  z.strictObject({
    action: z.literal('voice'),
    upload_id: UploadId,
    /** The language that is spoken; the session's when not given. */
    locale: Locale.optional(),
  }),
  z.strictObject({ action: z.literal('stop') }),
  z.strictObject({ action: z.literal('ping') }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

/** How a socket takes events: each in a frame of its own, or those that wait for it together. */
export const frameForms = ['event', 'events'] as const
export type FrameForm = (typeof frameForms)[number]

/**
 * Several events of the log that happened, in its order, for a socket that was opened with
 * `frames=events`. A single one is sent as it is.
 */
export const EventsFrame = z.object({
  type: z.literal('events'),
  events: z.array(StudioEvent).min(2),
})

/** Bytes an events frame may hold: API Gateway sends and bills a message in steps of 32 KB. */
export const eventsBytesLimit = 32 * 1024

/**
 * Events of the log: what was asked for with `resume`, or what a frame that is sent again had come to.
 * Events that happen are sent as they are, or as `events`.
 */
export const ReplayFrame = z.object({
  type: z.literal('replay'),
  events: z.array(StudioEvent),
  /** Ask again after this seq; null when the log's end was reached. */
  next_after: z.number().int().nullable(),
})
/** A frame was not taken; `action` is the one it named, if it did. */
export const RejectedFrame = z.object({
  type: z.literal('rejected'),
  action: z.string().nullable(),
  error: ErrorBody,
  errors: z.array(FieldError).optional(),
  /** With `BUDGET_EXCEEDED`: the cap that has no room. */
  cap: CapName.optional(),
  /** With `RATE_LIMITED`, when it is a limit of ours and not a model server's. */
  limit: LimitReached.optional(),
  /** Seconds after which trying again makes sense. */
  retry_after: z.number().int().optional(),
})
export type RejectedFrame = z.infer<typeof RejectedFrame>
/** The answer to `ping`. */
export const PongFrame = z.object({ type: z.literal('pong') })

/** Bytes a replay frame may hold: API Gateway takes 128 KB a message, sent in frames of 32 KB. */
export const replayBytesLimit = 100 * 1024
