import { eventData } from '../../shared/contracts/events.ts'
import type { Route } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import { type ErrorCode, problems } from '../../shared/contracts/problems.ts'
import { ClientFrame } from '../../shared/contracts/socket.ts'
import { errorMessage } from '../../shared/platform/wording/failures.ts'
import { readExamples } from '../api/examples.ts'
import { code, codes, table } from './markdown.ts'

const marksOf = ({ idempotent, etag, speaks, location }: Route): string =>
  [
    ...(idempotent ? ['`Idempotency-Key`'] : []),
    ...(etag ? ['`ETag`'] : []),
    ...(speaks.endsWith('events') ? ['Server-Sent Events'] : []),
    ...(location ? ['`Location`'] : []),
  ].join(', ')

const callers = { required: 'token', optional: 'token, or gets one', none: 'anyone' } as const

const examples = readExamples()

export const routeTables = {
  routes: () =>
    table(
      ['route', 'what it does', 'caller', 'answers', 'also'],
      Object.values<Route>(routes).map((route) => [
        code(`${route.method} ${route.path}`),
        route.summary,
        callers[route.principal],
        `${route.status}`,
        marksOf(route),
      ]),
    ),
  events: () =>
    table(
      ['event', 'an example of its data'],
      Object.keys(eventData).map((type) => {
        const data = JSON.stringify(examples.events[type]?.data ?? null)
        return [code(type), code(data.length > 160 ? `${data.slice(0, 158)} …` : data)]
      }),
    ),
  frames: () => [
    `A client sends ${codes(ClientFrame.options.map(({ shape }) => shape.action.value))}; it receives the events, and ${codes(Object.keys(examples.received))}.`,
  ],
  problems: () =>
    table(
      ['code', 'status', 'again as is', 'what the user reads'],
      Object.entries(problems).map(([name, { status, retryable }]) => [
        code(name),
        `${status}`,
        retryable ? 'yes' : 'no',
        errorMessage({ code: name as ErrorCode, retryable }, 'en-US'),
      ]),
    ),
}
