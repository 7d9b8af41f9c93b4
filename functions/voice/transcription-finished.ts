import { TranscriptionEvent } from '../../shared/contracts/voice.ts'
import { requiredSetting } from '../../shared/platform/environment.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { log } from '../../shared/platform/telemetry.ts'
import { turnOfJob } from '../../shared/services/voice/transcription-service.ts'
import { transcriptionService } from '../composition.ts'

const transcriptions = transcriptionService()
const stage = requiredSetting(environmentNames.stage)

/**
 * EventBridge reports that a transcription ended, best effort and perhaps twice, and calls every minute
 * for those whose event never came. The second of this function and the request that still waits finds
 * the turn taken.
 */
export const handler = async (event: unknown): Promise<void> => {
  log.resetKeys()
  const { detail } = TranscriptionEvent.parse(event)
  if (detail.TranscriptionJobName === undefined) return transcriptions.sweep()
  const found = turnOfJob(stage, detail.TranscriptionJobName)
  if (found) await transcriptions.finish(found.sessionId, found.turn)
}
