import * as z from 'zod'
import { StudioEvent } from './events.ts'
import { ClientMessageId, MessageText } from './http/chat-routes.ts'
import { ErrorBody, FieldError } from './problems.ts'

/** Frames a client may send over the socket. */
export const ClientFrame = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('resume'), after_seq: z.number().int().min(0) }),
  z.strictObject({
    action: z.literal('message'),
    message: MessageText,
    client_message_id: ClientMessageId.optional(),
  }),
  z.strictObject({ action: z.literal('stop') }),
  z.strictObject({ action: z.literal('ping') }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

/** Frames that are not part of the log; an event of the log is sent as it is. */
export const ReplayFrame = z.object({
  type: z.literal('replay'),
  events: z.array(StudioEvent),
  /** Ask again after this seq; null when the log's end was reached. */
  next_after: z.number().int().nullable(),
})
export const RejectedFrame = z.object({
  type: z.literal('rejected'),
  action: z.string().nullable(),
  error: ErrorBody,
  errors: z.array(FieldError).optional(),
})
export type RejectedFrame = z.infer<typeof RejectedFrame>
export const PongFrame = z.object({ type: z.literal('pong') })

/** Bytes a replay frame may hold: API Gateway takes 128 KB a message, sent in frames of 32 KB. */
export const replayBytesLimit = 100 * 1024
