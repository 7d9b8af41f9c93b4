import { once } from '../../shared/clients/idempotency.ts'
import { voiceRoutes as routes } from '../../shared/contracts/http/voice-routes.ts'
import { systemClock } from '../../shared/platform/clock.ts'
import { numberSetting } from '../../shared/platform/environment.ts'
import { modelSettingNames } from '../../shared/platform/environment-names.ts'
import { Reply } from '../../shared/platform/http-answer.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { voiceTurnMs } from '../../shared/rules/time-budgets.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { localeOf } from '../locale-composition.ts'
import { voiceTurnService } from '../voice-composition.ts'
import { voiceTurnInput } from '../voice-turn-input.ts'

const voices = voiceTurnService()

export const handler = httpHandler(
  [
    endpoint(routes.speak, async ({ params, body, ...by }) => {
      const now = systemClock.now()
      const wait = Math.min(
        numberSetting(modelSettingNames.voiceWait, voiceTurnMs.httpWait),
        voiceTurnMs.httpWait,
      )
      const deadlines = {
        transcriptBy: now + wait * voiceTurnMs.httpTranscriptShare,
        answerBy: now + wait,
      }
      const input = await voiceTurnInput(params.session_id, by, body)
      const { answered, turn } = await voices.take(input, deadlines)
      if (answered) return turn
      const location = `/api/chat/session/${turn.session_id}/events?after=${turn.after}`
      return new Reply(turn, { status: 202, headers: { location, 'retry-after': '2' } })
    }),
    endpoint(routes.createVoiceUpload, ({ params, principal, caller, body: { format } }) =>
      voices.upload(params.session_id, principal, { format, caller }),
    ),
  ],
  { identify, addressOf, once, localeOf: localeOf() },
)
