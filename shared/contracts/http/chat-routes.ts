import * as z from 'zod'
import { BriefSlots, Gate, SlotUpdate } from '../brief.ts'
import { StudioEvent } from '../events.ts'
import { SessionExport } from '../export.ts'
import { RunId } from '../runs.ts'
import {
  AssistantMessage,
  Locale,
  Message,
  Mode,
  messageLimit,
  SessionId,
  SessionState,
  SessionView,
  Timestamp,
} from '../session.ts'
import { text } from '../text.ts'
import {
  afterLimit,
  afterSeq,
  type Route,
  routeDefaults,
  sessionParams,
  wholeNumber,
} from './route.ts'

/** 1 to 3000 characters (graphemes), of which at least one shows. */
export const MessageText = text(messageLimit, { multiline: true })
/** A name of your own for a message: the same one with the same text is answered once. */
export const ClientMessageId = text(100)

/** Longest a long-poll waits for news, in seconds: under the route's 30 s with time to answer. */
export const longestWait = 25

const messageBody = z.strictObject({
  message: MessageText,
  /** The same id and message answers what was answered before. */
  client_message_id: ClientMessageId.optional(),
})

const turnProblems = [
  'SESSION_NOT_FOUND',
  'TURN_IN_PROGRESS',
  'TURN_TIMEOUT',
  'STOPPED',
  'UPSTREAM_ERROR',
  'BUDGET_EXCEEDED',
  'RATE_LIMITED',
  'MODEL_REFUSED',
  'SCHEMA_VALIDATION_FAILED',
  'CAPABILITY_NOT_CONFIGURED',
  'IDEMPOTENCY_CONFLICT',
  'REQUEST_IN_FLIGHT',
] as const

export const chatRoutes = {
  createSession: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session',
    summary:
      'Starts a conversation, anew or with the brief of a run; mints a token for a caller without one',
    principal: 'optional',
    idempotent: true,
    body: z.strictObject({
      /** When not given, that of the run, or ko-KR. */
      locale: Locale.optional(),
      /** When not given, that of the run, or standard. */
      mode: Mode.optional(),
      /** A run whose brief this session begins with. */
      from_run_id: RunId.optional(),
    }),
    status: 201,
    answer: z.object({
      session_id: SessionId,
      state: SessionState,
      mode: Mode,
      locale: Locale,
      brief_slots: BriefSlots,
      gate: Gate,
      assistant_message: AssistantMessage,
      /** Only for a caller that came without one. */
      token: z.string().optional(),
    }),
    problems: ['RUN_NOT_FOUND', 'RATE_LIMITED', 'IDEMPOTENCY_CONFLICT', 'REQUEST_IN_FLIGHT'],
  },
  getSession: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/chat/session/{session_id}',
    summary: 'The session as it stands: state, slots, gate, progress, last seq',
    params: sessionParams,
    etag: true,
    answer: SessionView,
    problems: ['SESSION_NOT_FOUND'],
  },
  deleteSession: {
    ...routeDefaults,
    method: 'DELETE',
    path: '/api/chat/session/{session_id}',
    summary: 'Erases the session, its messages, events, runs, jobs and media',
    params: sessionParams,
    status: 204,
    answer: z.undefined(),
    problems: ['SESSION_NOT_FOUND', 'UPSTREAM_ERROR'],
  },
  sendMessage: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/message',
    summary: 'One text turn with the planner',
    params: sessionParams,
    body: messageBody,
    idempotent: true,
    answer: z.object({
      turn: z.number().int(),
      state: SessionState,
      assistant_message: AssistantMessage,
      slot_updates: z.array(SlotUpdate),
      brief_slots: BriefSlots,
      gate: Gate,
    }),
    problems: turnProblems,
  },
  streamMessage: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/message/stream',
    summary: 'The same turn as a stream of its events; it ends with the turn',
    params: sessionParams,
    body: messageBody,
    idempotent: true,
    answer: StudioEvent,
    speaks: 'events',
    problems: turnProblems,
  },
  stopTurn: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/stop',
    summary: 'Stops the turn in progress; its partial reply becomes no message',
    params: sessionParams,
    /** `stopped` is false when no turn was in progress. */
    answer: z.object({ stopped: z.boolean(), turn: z.number().int() }),
    problems: ['SESSION_NOT_FOUND'],
  },
  listMessages: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/chat/session/{session_id}/messages',
    summary: 'The conversation, oldest first',
    params: sessionParams,
    query: z.object({
      /** The last turn you have. */
      after_turn: wholeNumber(-1, afterLimit, -1),
      limit: wholeNumber(2, 100, 100),
    }),
    answer: z.object({ messages: z.array(Message), next_after_turn: z.number().int().nullable() }),
    problems: ['SESSION_NOT_FOUND'],
  },
  listEvents: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/chat/session/{session_id}/events',
    summary:
      'The log after a seq; with wait, answers as soon as there is news; with Accept: text/event-stream, follows the log',
    params: sessionParams,
    query: z.object({
      /** The last `seq` you have. */
      after: afterSeq,
      /** Seconds to wait for news when there is none. */
      wait: wholeNumber(0, longestWait, 0),
      limit: wholeNumber(1, 1000, 200),
      /** Of an event stream: end with the current run, or go on. */
      until: z.enum(['run.completed']).optional(),
    }),
    answer: z.object({ events: z.array(StudioEvent), next_after: z.number().int() }),
    speaks: 'json or events',
    problems: ['SESSION_NOT_FOUND'],
  },
  exportSession: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/chat/session/{session_id}/export',
    summary:
      'Everything that is stored of the session, as one JSON document of any size; recordings and spoken answers as links',
    params: sessionParams,
    access: 'owner',
    answer: SessionExport,
    problems: ['SESSION_NOT_FOUND'],
  },
  createTicket: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/ticket',
    summary: 'A one-time ticket that opens a socket within a minute; for a reader, one that reads',
    access: 'reader',
    params: sessionParams,
    status: 201,
    answer: z.object({ ticket: z.string(), socket_url: z.string(), expires_at: Timestamp }),
    problems: ['SESSION_NOT_FOUND'],
  },
} as const satisfies Record<string, Route>
