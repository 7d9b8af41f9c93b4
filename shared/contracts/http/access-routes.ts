import * as z from 'zod'
import { Principal, readersLimit } from '../identity.ts'
import { SessionId, Timestamp } from '../session.ts'
import { type Route, routeDefaults, sessionParams } from './route.ts'

const readers = z.object({
  /** In the order in which they were named. */
  readers: z.array(Principal).max(readersLimit),
})

const readerParams = z.object({
  session_id: SessionId,
  /** The reader's own principal, as `GET /api/me` tells it. */
  principal: z.string().max(100),
})

/** A token, unless the request is of a page of this origin: that gets it as a cookie. */
const identity = z.object({ principal: Principal, token: z.string().optional() })

export const accessRoutes = {
  me: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/me',
    summary: "The caller's own principal, by which others can name it a reader",
    answer: z.object({ principal: Principal }),
  },
  signOut: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/me/sign-out',
    summary: "Makes a browser forget the cookie with the caller's token; the sessions stay",
    principal: 'none',
    status: 204,
    answer: z.undefined(),
  },
  createHandoff: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/chat/session/{session_id}/handoff',
    summary: 'A code that makes another device act as the owner: once, and within five minutes',
    params: sessionParams,
    status: 201,
    answer: z.object({ code: z.string(), expires_at: Timestamp }),
    problems: ['SESSION_NOT_FOUND', 'RATE_LIMITED'],
  },
  redeemHandoff: {
    ...routeDefaults,
    method: 'POST',
    path: '/api/me/handoff',
    summary: 'Takes a session over with such a code',
    principal: 'optional',
    body: z.strictObject({
      code: z.string().max(100),
      /** Of a caller that is another principal: it will no longer act as that one here. */
      replace: z.boolean().default(false),
    }),
    answer: identity.extend({ session_id: SessionId }),
    problems: ['HANDOFF_NOT_FOUND', 'IDENTITY_CONFLICT', 'RATE_LIMITED'],
  },
  listReaders: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/chat/session/{session_id}/readers',
    summary: 'Who may read the session, for its owner alone',
    params: sessionParams,
    access: 'owner',
    answer: readers,
    problems: ['SESSION_NOT_FOUND'],
  },
  addReader: {
    ...routeDefaults,
    method: 'PUT',
    path: '/api/chat/session/{session_id}/readers/{principal}',
    summary: 'Lets another principal read the session, and nothing more',
    params: readerParams,
    answer: readers,
    problems: ['SESSION_NOT_FOUND', 'INVALID_INPUT', 'REQUEST_IN_FLIGHT'],
  },
  removeReader: {
    ...routeDefaults,
    method: 'DELETE',
    path: '/api/chat/session/{session_id}/readers/{principal}',
    summary: 'Ends that: open sockets close at once, open streams within seconds',
    params: readerParams,
    answer: readers,
    problems: ['SESSION_NOT_FOUND', 'REQUEST_IN_FLIGHT'],
  },
} as const satisfies Record<string, Route>
