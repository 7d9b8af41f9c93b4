import { once } from '../../shared/clients/idempotency.ts'
import { chatRoutes } from '../../shared/contracts/http/chat-routes.ts'
import { jobRoutes } from '../../shared/contracts/http/job-routes.ts'
import { voiceRoutes } from '../../shared/contracts/http/voice-routes.ts'
import { systemClock as clock } from '../../shared/platform/clock.ts'
import { endpoint } from '../../shared/platform/http-handler.ts'
import { eventStream, resumeAfter, takesEvents } from '../../shared/platform/server-sent-events.ts'
import { streamHandler } from '../../shared/platform/stream-handler.ts'
import { launchWaitMs, voiceTurnMs } from '../../shared/rules/time-budgets.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { deliveryService, sessionService, streamService } from '../composition.ts'
import { launchEndpoint } from '../launch-endpoint.ts'
import { voiceTurnInput } from '../voice-turn-input.ts'

const feeds = deliveryService()
const sessions = sessionService()
const streams = streamService()

export const handler = streamHandler(
  [
    endpoint(chatRoutes.streamMessage, async ({ params, principal, body }) =>
      eventStream(
        await feeds.turn({
          sessionId: params.session_id,
          principal,
          message: body.message,
          input: 'text',
          clientMessageId: body.client_message_id,
        }),
      ),
    ),
    endpoint(voiceRoutes.streamSpeech, async ({ params, principal, body, remainingMs }) => {
      const transcriptBy = clock.now() + remainingMs() - voiceTurnMs.streamAnswer
      const patience = {
        transcriptBy,
        answerBy: transcriptBy + voiceTurnMs.streamAnswer - voiceTurnMs.streamMargin,
      }
      const input = await voiceTurnInput(params.session_id, principal, body)
      return eventStream(await feeds.speech(input, patience))
    }),
    endpoint(chatRoutes.listEvents, async ({ params, principal, query, headers, remainingMs }) => {
      if (takesEvents(headers)) {
        const after = resumeAfter(headers, query.after)
        const until = query.until && 'run'
        return eventStream(
          await feeds.session(params.session_id, principal, {
            after,
            until,
            remainingMs: remainingMs(),
          }),
        )
      }
      const [, page] = await Promise.all([
        sessions.prove(params.session_id, principal),
        streams.read(params.session_id, query.after, query.limit, query.wait),
      ])
      return { events: page.events, next_after: page.events.at(-1)?.seq ?? query.after }
    }),
    endpoint(jobRoutes.streamJob, async ({ params, principal, query, headers, remainingMs }) => {
      const after = resumeAfter(headers, query.after)
      return eventStream(
        await feeds.job(params.job_id, principal, { after, remainingMs: remainingMs() }),
      )
    }),
    launchEndpoint(launchWaitMs.stream / 1000),
  ],
  { identify, once },
)
