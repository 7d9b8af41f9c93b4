import * as z from 'zod'
import { Principal, readersLimit } from '../identity.ts'
import { SessionId } from '../session.ts'
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

export const accessRoutes = {
  me: {
    ...routeDefaults,
    method: 'GET',
    path: '/api/me',
    summary: "The caller's own principal, by which others can name it a reader",
    answer: z.object({ principal: Principal }),
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
