import type { Store } from '../../../shared/clients/store.ts'
import { type Clock, isoTime } from '../../../shared/platform/clock.ts'
import { newId } from '../../../shared/platform/ids.ts'
import { packDense } from '../../../shared/repositories/json-attributes.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../../../shared/repositories/session-repository.ts'
import { stageKey } from '../../../shared/repositories/table-keys.ts'
import { sampleBrief, sampleCreative, sampleVoice } from '../model-server/samples.ts'

/** Puts a finished run with its session into a table. */
export const storeFinishedRun = async (
  { store, clock }: { store: Store; clock: Clock },
  owner: string,
): Promise<{ runId: string; sessionId: string }> => {
  const [sessionId, runId, at] = [newId('sess'), newId('run'), isoTime(clock.now())]
  const life = { created_at: at, updated_at: at }
  const sessions = createSessionRepository(store, clock)
  const runs = createRunOutputRepository(store, clock)
  await store.write([
    sessions.create({
      ...{ session_id: sessionId, owner, locale: 'ko-KR', mode: 'standard', ...life },
      ...{ state: 'DONE', turn: 1, slots: {}, run_id: runId },
    }),
    runs.create({
      ...{ run_id: runId, session_id: sessionId, owner, locale: 'ko-KR', mode: 'standard' },
      ...{ brief: sampleBrief, state: 'DONE', stage: 'voice', attempt: 1, ...life },
    }),
    ...(['creative', 'voice'] as const).map((stage) => ({
      put: {
        ...stageKey(runId, stage),
        ...{ stage, status: 'committed', attempt: 1 },
        ...packDense({ written: { output: stage === 'creative' ? sampleCreative : sampleVoice } }),
      },
    })),
  ])
  return { runId, sessionId }
}
