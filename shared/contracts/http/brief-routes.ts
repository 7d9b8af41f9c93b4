import * as z from 'zod'
import { BriefSlots, Gate, type SlotPath, SlotUpdate, slotPaths, slotValues } from '../brief.ts'
import { SessionId, SessionState, SessionSummary } from '../session.ts'
import { text } from '../text.ts'
import { pageLimit, type Route, routeDefaults, sessionParams } from './route.ts'

/** A slot's value, or null to empty it. */
const edited = <P extends SlotPath>(path: P) => z.optional(z.nullable(slotValues[path]))

const BriefEdit = z.strictObject({
  /** By path; what is not named stays. */
  slots: z
    .strictObject({
      'product.name': edited('product.name'),
      'product.category': edited('product.category'),
      'product.features': edited('product.features'),
      'product.price_band': edited('product.price_band'),
      'product.image_url': z
        .null({ error: 'must be null: only an uploaded picture fills it' })
        .optional(),
      'product.image_context': edited('product.image_context'),
      'target.who': edited('target.who'),
      'target.why': edited('target.why'),
      'channel.channels': edited('channel.channels'),
      'goal.weekly_goal': edited('goal.weekly_goal'),
      'goal.video_seconds': edited('goal.video_seconds'),
    })
    .refine((slots) => slotPaths.some((path) => slots[path] !== undefined), {
      error: 'must name a slot',
    }),
})
export type BriefEdit = z.infer<typeof BriefEdit>

export const briefRoutes = {
  editBrief: {
    ...routeDefaults,
    method: 'PATCH',
    path: '/api/chat/session/{session_id}/brief',
    summary: "Fills, corrects or empties slots of the brief by hand: the user's own word",
    params: sessionParams,
    body: BriefEdit,
    answer: z.object({
      session_id: SessionId,
      state: SessionState,
      /** What changed: nothing, when the slots held these values already. */
      slot_updates: z.array(SlotUpdate),
      cleared: z.array(z.enum(slotPaths)),
      brief_slots: BriefSlots,
      gate: Gate,
    }),
    problems: ['SESSION_NOT_FOUND', 'RUN_IN_PROGRESS', 'TURN_IN_PROGRESS', 'RATE_LIMITED'],
  },
  listSessions: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/chat/session',
    summary: "The caller's sessions, newest first",
    query: z.object({
      limit: pageLimit,
      /** `next_cursor` of the page before. */
      cursor: z.string().max(2000).optional(),
      /** Found in the name or the category of the product. */
      q: text(100).optional(),
    }),
    answer: z.object({ sessions: z.array(SessionSummary), next_cursor: z.string().nullable() }),
  },
} as const satisfies Record<string, Route>
