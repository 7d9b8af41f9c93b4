import { deliveryService } from '../../../functions/voice-composition.ts'
import type { SessionState } from '../../../shared/contracts/session.ts'
import { createJobRepository } from '../../../shared/repositories/job-repository.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { createSessionRepository } from '../../../shared/repositories/session-repository.ts'
import { sampleBrief } from '../model-server/samples.ts'
import { createLog, sessionId } from './log-events.ts'
import { createMemoryTable } from './memory-table.ts'
import { clientsOn } from './simulated-services.ts'
import { createSimulatedStore } from './simulated-store.ts'

export { sessionId }
export const owner = 'user_1'
export const runId = 'run_00000000000000000000000000'
export const jobId = 'job_00000000000000000000000000'

const at = '2026-11-01T00:00:00.000Z'
const common = { session_id: sessionId, owner, created_at: at, updated_at: at } as const

export interface DeliveryOptions {
  /** The session's, and its run's if it has one. */
  state?: SessionState
  hasRun?: boolean
  /** In the place of the product's turns. */
  turns?: Parameters<typeof deliveryService>[1]
}

/** The delivery service over a table in memory, with one session, and perhaps its run and the run's job. */
export const createDeliveries = ({
  state = 'CHAT_COLLECTING',
  hasRun = false,
  turns,
}: DeliveryOptions = {}) => {
  const clock = { now: () => Date.now() }
  const table = createMemoryTable()
  const direct = createSimulatedStore(table, clock)
  const log = createLog(table, direct)
  const style = { locale: 'ko-KR', mode: 'standard' } as const
  const session = { ...common, ...style, state, turn: 0, slots: {} }
  const run = { ...common, ...style, run_id: runId, brief: sampleBrief, attempt: 1 }
  table.write([
    createSessionRepository(direct, clock).create({
      ...session,
      ...(hasRun ? { run_id: runId } : {}),
    }),
    ...(hasRun
      ? [
          createRunOutputRepository(direct, clock).create({
            ...run,
            state: state as 'GEN_STRATEGY',
            stage: 'strategy',
          }),
          ...createJobRepository(direct, clock).create({
            ...common,
            job_id: jobId,
            run_id: runId,
            type: 'generate',
          }),
        ]
      : []),
  ])
  return { log, deliveries: deliveryService(clientsOn({ store: log.store, clock }), turns) }
}
