import type { Context } from 'aws-lambda'
import { asStudioError } from '../contracts/errors.ts'
import { systemClock } from './clock.ts'
import type { OpenSpan } from './spans.ts'
import { log } from './telemetry.ts'
import { traced, tracedInvocation } from './tracing.ts'
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

const nameOf = (kind: WorkKind, what: string | undefined): string =>
  what === undefined ? kind : `${kind} ${what}`

/** Ids of the work, for its span; facts have one form each. */
const noteInSpan = (span: OpenSpan | undefined, kind: WorkKind): void => {
  const facts = currentFacts()
  // What a message or a frame is about is known once it has been read.
  span?.rename(nameOf(kind, facts.what))
  span?.note({ ...facts })
  if (facts.outcome === 'failed') span?.fail()
}

/**
 * The work as a span. A stage is part of its message's delivery; all else begins an invocation. Sweeps come
 * every minute and belong to no caller's trace.
 */
const inSpan = <T>(
  kind: WorkKind,
  { what, upstream }: { what: string | undefined; upstream: string | undefined },
  work: (span: OpenSpan | undefined) => Promise<T>,
): Promise<T> => {
  const name = nameOf(kind, what)
  if (kind === 'sweep') return work(undefined)
  return kind === 'stage' ? traced(name, {}, work) : tracedInvocation(name, upstream, work)
}

/**
 * Does one piece of work and writes its line at its end, whatever that is: kind and name of the work,
 * outcome, milliseconds, and the facts that were noted meanwhile. Writes to standard output alone; where
 * the work is traced, it is a span as well.
 * @param upstream the trace header of the message that brought it
 * @throws what the work threw
 */
export const recorded = <T>(
  kind: WorkKind,
  facts: WorkFacts,
  work: () => Promise<T>,
  upstream?: string,
): Promise<T> =>
  withFacts(facts, () =>
    inSpan(kind, { what: facts.what, upstream }, (span) => recordedIn(span, kind, work)),
  )

const recordedIn = async <T>(
  span: OpenSpan | undefined,
  kind: WorkKind,
  work: () => Promise<T>,
): Promise<T> => {
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
    noteInSpan(span, kind)
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
}

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
