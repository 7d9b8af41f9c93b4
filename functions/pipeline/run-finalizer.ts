import type { Context } from 'aws-lambda'
import { ExecutionEnded, originOf } from '../../shared/contracts/pipeline.ts'
import { invocationFacts, recordedInvocation } from '../../shared/platform/recorded-work.ts'
import { note } from '../../shared/platform/work-facts.ts'
import { endRunOf } from '../../shared/services/runs/run-failure-service.ts'
import { runFailureService } from '../recovery-composition.ts'

const failures = runFailureService()

/**
 * EventBridge reports that an execution failed, timed out or was aborted, best effort and perhaps
 * twice. A run that has ended already is left as it is.
 */
export const handler = (event: unknown, context: Context): Promise<void> =>
  recordedInvocation(
    'event',
    { ...invocationFacts(context), what: 'execution ended' },
    async () => {
      const { detail } = ExecutionEnded.parse(event)
      note({ request_id: originOf(detail.input) })
      await endRunOf(failures, detail)
    },
  )
