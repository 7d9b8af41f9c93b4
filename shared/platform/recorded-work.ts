import type { Context } from 'aws-lambda'
import { asStudioError } from '../contracts/errors.ts'
import { systemClock } from './clock.ts'
import { log } from './telemetry.ts'
import { currentFacts, currentFailure, note, type WorkFacts, withFacts } from './work-facts.ts'

export type WorkKind = 'request' | 'frame' | 'message' | 'stage' | 'sweep' | 'event' | 'checkup'

const lineOf: Record<WorkKind, string> = {
  request: 'request ended',
  frame: 'frame ended',
  message: 'message ended',
  stage: 'stage ended',
  sweep: 'sweep ended',
  event: 'event ended',
  checkup: 'checkup ended',
}

/** What Lambda says of an invocation. */
export const invocationFacts = (context: Context | undefined): WorkFacts => ({
  lambda_request_id: context?.awsRequestId,
})

/** A failure that has its line; what it said stays out of the lines that the platform writes itself. */
export class RecordedFailure extends Error {
  constructor(kind: WorkKind, code: string) {
    super(`The ${kind} failed with ${code}; its line in the log tells more.`)
    this.name = 'RecordedFailure'
    this.stack = ''
  }
}

const outcomeOf = ({ status, code }: WorkFacts): string => {
  if (status !== undefined && status >= 500) return 'failed'
  if ((status !== undefined && status >= 400) || code !== undefined) return 'refused'
  return 'ok'
}

/** A mistake of ours is an error; what a vendor or a deadline made fail is a warning. */
const levelOf = ({ status, code }: WorkFacts, outcome: string): 'info' | 'warn' | 'error' => {
  if (outcome !== 'failed') return 'info'
  return code === undefined || code === 'INTERNAL_ERROR' || status === 500 ? 'error' : 'warn'
}

/**
 * Does one piece of work and writes its line at its end, whatever that is: kind and name of the work,
 * outcome, milliseconds, and the facts that were noted meanwhile. Writes to standard output alone.
 * @throws what the work threw
 */
export const recorded = <T>(kind: WorkKind, facts: WorkFacts, work: () => Promise<T>): Promise<T> =>
  withFacts(facts, async () => {
    const startedAt = systemClock.now()
    const end = (error: unknown): void => {
      const facts = currentFacts()
      const { outcome = outcomeOf(facts) } = facts
      note({ outcome })
      log[levelOf(facts, outcome)](lineOf[kind], {
        kind,
        duration_ms: systemClock.now() - startedAt,
        ...(error === undefined ? {} : { error }),
      })
    }
    try {
      const result = await work()
      end(currentFailure())
      return result
    } catch (error) {
      note({ code: asStudioError(error).code, outcome: 'failed' })
      end(error)
      throw error
    }
  })

/** The same for work that the platform calls: it learns that the work failed, and nothing of why. */
export const recordedInvocation = async <T>(
  kind: WorkKind,
  facts: WorkFacts,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await recorded(kind, facts, work)
  } catch (error) {
    throw new RecordedFailure(kind, asStudioError(error).code)
  }
}
