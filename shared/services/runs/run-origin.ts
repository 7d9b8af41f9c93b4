import { currentTraceHeader } from '../../platform/tracing.ts'
import { currentRequestId } from '../../platform/work-facts.ts'
import type { Run } from '../../repositories/run-output-repository.ts'

/** The request in progress as what starts or resumes a run, with its trace when that is recorded. */
export const runOrigin = (): Pick<Run, 'request_id' | 'trace'> => {
  const request_id = currentRequestId()
  const trace = currentTraceHeader()
  return { ...(request_id === undefined ? {} : { request_id }), ...(trace && { trace }) }
}
