import { once } from '../../shared/clients/idempotency.ts'
import { chatRoutes } from '../../shared/contracts/http/chat-routes.ts'
import { jobRoutes } from '../../shared/contracts/http/job-routes.ts'
import { voiceRoutes } from '../../shared/contracts/http/voice-routes.ts'
import { systemClock as clock } from '../../shared/platform/clock.ts'
import { documentStream } from '../../shared/platform/http-answer.ts'
import { endpoint, keyedEndpoint } from '../../shared/platform/http-handler.ts'
import { turnTimesNow } from '../../shared/platform/model-settings.ts'
import {
  eventStream,
  followedStream,
  resumeAfter,
  takesEvents,
} from '../../shared/platform/server-sent-events.ts'
import { streamHandler } from '../../shared/platform/stream-handler.ts'
import { launchWaitMs, voiceTurnMs } from '../../shared/rules/time-budgets.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { eventPage } from '../event-page.ts'
import { launchEndpoint } from '../launch-endpoint.ts'
import { localeOf } from '../locale-composition.ts'
import { streamService } from '../log-composition.ts'
import { exportService, sessionService } from '../session-composition.ts'
import { deliveryService } from '../voice-composition.ts'
import { voiceTurnInput } from '../voice-turn-input.ts'

const deliveries = deliveryService()
const sessions = sessionService()
const streams = streamService()
const exports = exportService()

export const handler = streamHandler(
  [
    keyedEndpoint(chatRoutes.streamMessage, async ({ params, principal, caller, body }, once) => {
      const input = {
        sessionId: params.session_id,
        principal,
        caller,
        message: body.message,
        input: 'text' as const,
        clientMessageId: body.client_message_id,
      }
      return eventStream(await deliveries.turn(input, once))
    }),
    keyedEndpoint(voiceRoutes.streamSpeech, async (call, once) => {
      const { params, body, remainingMs } = call
      const { streamAnswer } = turnTimesNow()
      const transcriptBy = clock.now() + remainingMs() - streamAnswer
      const deadlines = {
        transcriptBy,
        answerBy: transcriptBy + streamAnswer - voiceTurnMs.streamMargin,
      }
      const input = await voiceTurnInput(params.session_id, call, body)
      return eventStream(await deliveries.voiceTurn(input, deadlines, once))
    }),
    endpoint(chatRoutes.listEvents, async ({ params, principal, query, headers, remainingMs }) => {
      if (takesEvents(headers)) {
        return followedStream(
          await deliveries.session(params.session_id, principal, {
            ...resumeAfter(headers, query.after),
            until: query.until && 'run',
            remainingMs: remainingMs(),
          }),
        )
      }
      return eventPage({ sessions, streams }, params.session_id, principal, query)
    }),
    endpoint(jobRoutes.streamJob, async ({ params, principal, query, headers, remainingMs }) => {
      return followedStream(
        await deliveries.job(params.job_id, principal, {
          ...resumeAfter(headers, query.after),
          remainingMs: remainingMs(),
        }),
      )
    }),
    endpoint(chatRoutes.exportSession, async ({ params, principal }) =>
      documentStream(
        await exports.session(params.session_id, principal),
        `${params.session_id}.json`,
      ),
    ),
    launchEndpoint(launchWaitMs.stream / 1000),
  ],
  { identify, addressOf, once, localeOf: localeOf() },
)
