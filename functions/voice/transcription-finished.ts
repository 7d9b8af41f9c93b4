import { TranscriptionEvent } from '../../shared/contracts/voice.ts'
import { requiredSetting } from '../../shared/platform/environment.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { log } from '../../shared/platform/telemetry.ts'
import { turnOfJob } from '../../shared/services/voice/transcription-service.ts'
import { transcriptionService } from '../composition.ts'

const words = transcriptionService()
const stage = requiredSetting(environmentNames.stage)

/**
 * EventBridge tells that a transcription ended, best effort and perhaps twice, and calls every minute
 * for those whose event never came. Whoever is second, this function or the request that still waits,
 * finds the turn taken.
 */
export const handler = async (event: unknown): Promise<void> => {
  log.resetKeys()
  const { detail } = TranscriptionEvent.parse(event)
  if (detail.TranscriptionJobName === undefined) return words.sweep()
  const found = turnOfJob(stage, detail.TranscriptionJobName)
  if (found) await words.finish(found.sessionId, found.turn)
}
