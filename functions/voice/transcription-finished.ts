import type { Context } from 'aws-lambda'
import { TranscriptionEvent } from '../../shared/contracts/voice.ts'
import { requiredSetting } from '../../shared/platform/environment.ts'
import { environmentNames } from '../../shared/platform/environment-names.ts'
import { invocationFacts, recordedInvocation } from '../../shared/platform/recorded-work.ts'
import { turnOfJob } from '../../shared/services/voice/transcription-service.ts'
import { transcriptionService } from '../voice-composition.ts'

const transcriptions = transcriptionService()
const stage = requiredSetting(environmentNames.stage)

/** The name of the transcription that an event is about; undefined for the schedule's. */
const jobOf = (event: unknown): string | undefined => {
  const { data } = TranscriptionEvent.safeParse(event)
  return data?.detail.TranscriptionJobName
}

/**
 * EventBridge reports that a transcription ended, best effort and perhaps twice, and calls every minute
 * for those whose event never came. The second of this function and the request that still waits finds
 * the turn taken.
 */
export const handler = (event: unknown, context: Context): Promise<void> => {
  const facts = invocationFacts(context)
  const job = jobOf(event)
  if (job === undefined) {
    return recordedInvocation('sweep', { ...facts, what: 'transcriptions' }, () =>
      transcriptions.sweep(),
    )
  }
  const found = turnOfJob(stage, job)
  return recordedInvocation(
    'event',
    { ...facts, what: 'transcription ended', session_id: found?.sessionId, turn: found?.turn },
    async () => {
      if (found) await transcriptions.finish(found.sessionId, found.turn)
    },
  )
}
