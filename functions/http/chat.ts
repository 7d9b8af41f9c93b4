import { once } from '../../shared/clients/idempotency.ts'
import { accessRoutes } from '../../shared/contracts/http/access-routes.ts'
import { briefRoutes } from '../../shared/contracts/http/brief-routes.ts'
import { chatRoutes as routes } from '../../shared/contracts/http/chat-routes.ts'
import { systemClock } from '../../shared/platform/clock.ts'
import { requiredSetting } from '../../shared/platform/environment.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { Reply } from '../../shared/platform/http-answer.ts'
import { endpoint, httpHandler, keyedEndpoint } from '../../shared/platform/http-handler.ts'
import { isOfConsole, noTokenCookie, tokenCookie } from '../../shared/platform/token-cookie.ts'
import { evaluateGate } from '../../shared/rules/gate.ts'
import { turnMs } from '../../shared/rules/time-budgets.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import {
  identify,
  newPrincipal,
  tokenOf,
} from '../../shared/services/sessions/principal-service.ts'
import { erasureService } from '../erasure-composition.ts'
import { eventPage } from '../event-page.ts'
import { localeOf } from '../locale-composition.ts'
import { streamService } from '../log-composition.ts'
import {
  briefService,
  handoffService,
  readerService,
  sessionService,
} from '../session-composition.ts'
import { turnService } from '../turn-composition.ts'

const sessions = sessionService()
const briefs = briefService()
const erasure = erasureService()
const turns = turnService()
const readers = readerService()
const handoffs = handoffService()
const streams = streamService()

/** An answer with a token: in a cookie for the console, in the body for any other client. */
const withToken = <T extends object>(
  headers: Record<string, string | undefined>,
  token: string | undefined,
  answer: T,
): Reply | (T & { token?: string }) => {
  if (token === undefined) return answer
  return isOfConsole(headers)
    ? new Reply(answer, { cookies: [tokenCookie(token)] })
    : { ...answer, token }
}

export const handler = httpHandler(
  [
    keyedEndpoint(routes.createSession, async ({ principal, caller, body, headers }, once) => {
      const owner = principal ?? newPrincipal()
      const { session, greeting } = await once(() => sessions.create(owner, body, caller))
      const { session_id, state, mode, locale, slots } = session
      const minted = principal === undefined ? await tokenOf(session.owner) : undefined
      return withToken(headers, minted, {
        session_id,
        state,
        mode,
        locale,
        brief_slots: slots,
        gate: evaluateGate(slots),
        assistant_message: greeting,
      })
    }),
    endpoint(briefRoutes.listSessions, ({ principal, query }) => sessions.list(principal, query)),
    endpoint(briefRoutes.editBrief, ({ params, principal, caller, body }) =>
      briefs.edit({ sessionId: params.session_id, principal, caller, slots: body.slots }),
    ),
    endpoint(routes.getSession, ({ params, principal }) =>
      sessions.view(params.session_id, principal),
    ),
    endpoint(routes.deleteSession, async ({ params, principal }) => {
      await erasure.eraseSession(params.session_id, principal)
      return undefined
    }),
    endpoint(routes.sendMessage, ({ params, principal, caller, body }) =>
      turns.run({
        sessionId: params.session_id,
        principal,
        caller,
        message: body.message,
        input: 'text',
        clientMessageId: body.client_message_id,
        deadline: systemClock.now() + turnMs.http,
      }),
    ),
    endpoint(routes.stopTurn, ({ params, principal }) => turns.stop(params.session_id, principal)),
    endpoint(routes.listMessages, ({ params, principal, query }) =>
      sessions.history(params.session_id, principal, {
        afterTurn: query.after_turn,
        limit: query.limit,
      }),
    ),
    endpoint(routes.listEvents, ({ params, principal, query }) =>
      eventPage({ sessions, streams }, params.session_id, principal, query),
    ),
    endpoint(accessRoutes.me, async ({ principal }) => ({ principal })),
    endpoint(
      accessRoutes.signOut,
      async () => new Reply(undefined, { cookies: [noTokenCookie()] }),
    ),
    endpoint(accessRoutes.createHandoff, ({ params, principal, caller }) =>
      handoffs.create(params.session_id, principal, caller),
    ),
    endpoint(accessRoutes.redeemHandoff, async ({ principal, caller, body, headers }) => {
      const { code, replace } = body
      const { session_id, owner } = await handoffs.redeem(code, { principal, caller, replace })
      return withToken(headers, principal === owner ? undefined : await tokenOf(owner), {
        session_id,
        principal: owner,
      })
    }),
    endpoint(accessRoutes.listReaders, async ({ params, principal }) => ({
      readers: await readers.list(params.session_id, principal),
    })),
    endpoint(accessRoutes.addReader, async ({ params, principal }) => ({
      readers: await readers.add(params.session_id, principal, params.principal),
    })),
    endpoint(accessRoutes.removeReader, async ({ params, principal }) => ({
      readers: await readers.remove(params.session_id, principal, params.principal),
    })),
    endpoint(routes.createTicket, async ({ params, principal, caller }) => ({
      ...(await sessions.ticket(params.session_id, principal, caller)),
      socket_url: requiredSetting(environmentNames.socketUrl),
    })),
  ],
  { identify, addressOf, once, localeOf: localeOf() },
)
