import { ExecutionEnded } from '../../shared/contracts/pipeline.ts'
import { endRunOf } from '../../shared/services/runs/run-failure-service.ts'
import { runFailureService } from '../composition.ts'

const failures = runFailureService()

/**
 * EventBridge reports that an execution failed, timed out or was aborted, best effort and perhaps
 * twice. A run that has ended already is left as it is.
 */
export const handler = async (event: unknown): Promise<void> => {
  const { detail } = ExecutionEnded.parse(event)
  await endRunOf(failures, detail)
}
