import { linkedTo } from './abort.ts'
import type { Clock } from './clock.ts'
import type { StudioProblem } from './problem.ts'
import type { RouteCall } from './routes.ts'

/** Milliseconds after which a request without an answer counts as lost; a file may take longer. */
export const answerMs = 45_000
export const uploadMs = 300_000

/** Settles the request, or aborts it when its time is up or the caller's signal says so. */
export const withinTime = async <T>(
  clock: Clock,
  milliseconds: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const linked = linkedTo(signal)
  const cancel = clock.after(milliseconds, () => linked.abort(new Error('No answer in time.')))
  try {
    return await work(linked.signal)
  } finally {
    cancel()
    linked.letGo()
  }
}

/**
 * Whether the same request may be sent again. Without an answer, only when a second one does no more than
 * the first. A turn or a run that failed is told in the log and costs money: it is the caller's to repeat.
 */
export const maySendAgain = (
  problem: StudioProblem,
  { method, repeatable }: RouteCall,
): boolean => {
  const { status, code, retryable, body } = problem
  if (!retryable) return false
  // Without an answer, or with one that cannot be read, it is not known what became of it.
  if (status < 400) return repeatable
  if (code === 'REQUEST_IN_FLIGHT') return repeatable
  // Refused before anything began: by us, or by what stands before us.
  if (status === 429) return method === 'GET' || body === undefined || body.limit !== undefined
  if (status === 503) return true
  if (status < 500) return false
  return method !== 'POST' || (repeatable && (body === undefined || code === 'INTERNAL_ERROR'))
}
