import { voiceOutputRoutes as routes } from '../../shared/contracts/http/voice-output-routes.ts'
import { endpoint, httpHandler } from '../../shared/platform/http-handler.ts'
import { addressOf } from '../../shared/services/limits/address-of.ts'
import { identify } from '../../shared/services/sessions/principal-service.ts'
import { localeOf } from '../locale-composition.ts'
import { speechService } from '../speech-composition.ts'

const speech = speechService()

export const handler = httpHandler(
  [
    endpoint(routes.assistantVoice, ({ params, principal, caller, body }) => {
      const { text, voice_preset: preset, format } = body
      return speech.speak(params.session_id, principal, { text, preset, format }, caller)
    }),
  ],
  { identify, addressOf, localeOf: localeOf() },
)
