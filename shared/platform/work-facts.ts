import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { isPrivateId } from './masking.ts'

/** What a line may say of the work that it belongs to. */
export interface WorkFacts {
  /** The request that began it, also of a stage that a queue delivered later. */
  request_id?: string | undefined
  session_id?: string | undefined
  run_id?: string | undefined
  job_id?: string | undefined
  connection_id?: string | undefined
  /** API Gateway's own id, by which its access log names the request. */
  gateway_request_id?: string | undefined
  lambda_request_id?: string | undefined
  /** A short hash of the principal. */
  principal?: string | undefined
  stage?: string | undefined
  attempt?: number | undefined
  turn?: number | undefined
  /** The route key, the frame's action, the stage or the sweep. */
  what?: string | undefined
  /** How it ended, where that is more than success or an error code. */
  outcome?: string | undefined
  /** An error code of the product. */
  code?: string | undefined
  status?: number | undefined
  /** How a stream ended. */
  ended?: string | undefined
  /** Events that a stream sent, runs that a sweep found. */
  count?: number | undefined
}

/** Ids have one form each: whatever else stands in their place came from a caller, and is left out. */
const forms: Partial<Record<keyof WorkFacts, RegExp>> = {
  request_id: /^[\w.:-]{1,100}$/,
  session_id: /^sess_[0-9a-z]{26}$/,
  run_id: /^run_[0-9a-z]{26}$/,
  job_id: /^job_[0-9a-z]{26}$/,
  connection_id: /^[\w=+/-]{1,128}$/,
  gateway_request_id: /^[\w=+/-]{1,128}$/,
  lambda_request_id: /^[\w-]{1,64}$/,
  principal: /^[0-9a-f]{12}$/,
  stage: /^[a-z]{1,20}$/,
  what: /^[\w$ /{}.-]{1,120}$/,
  outcome: /^[a-z_]{1,40}$/,
  code: /^[\w.]{1,60}$/,
  ended: /^[a-z ]{1,20}$/,
}

/** What the work failed with although it returned: its line tells of it. */
const failure = Symbol('failure')

const current = new AsyncLocalStorage<WorkFacts & { [failure]?: unknown }>()

const wellFormed = (facts: WorkFacts): WorkFacts =>
  Object.fromEntries(
    Object.entries(facts).filter(([name, value]) => {
      if (value === undefined) return false
      const form = forms[name as keyof WorkFacts]
      return form === undefined || (typeof value === 'string' && form.test(value))
    }),
  )

/** Runs work whose lines, and those of all that it calls, carry these facts beside the outer ones. */
export const withFacts = <T>(facts: WorkFacts, work: () => Promise<T>): Promise<T> =>
  current.run({ ...inherited(), ...wellFormed(facts) }, work)

/** Which facts of the outer work are those of a part of it, too. */
const inherited = (): WorkFacts => {
  const { outcome, code, status, ended, count, what, ...rest } = currentFacts()
  delete (rest as { [failure]?: unknown })[failure]
  return rest
}

/** Adds what became known of the work in progress; without any, nothing happens. */
export const note = (facts: WorkFacts): void => {
  const store = current.getStore()
  if (store) Object.assign(store, wellFormed(facts))
}

export const currentFacts = (): Readonly<WorkFacts> => current.getStore() ?? {}

/** Keeps an error for the line of the work in progress, which answers it and does not throw it. */
export const noteFailure = (error: unknown): void => {
  const store = current.getStore()
  if (store) store[failure] = error
}

export const currentFailure = (): unknown => current.getStore()?.[failure]

/** The request that the work in progress belongs to. */
export const currentRequestId = (): string | undefined => currentFacts().request_id

/** A principal as lines name it: enough to see that two lines are of one caller, and no more. */
export const principalHash = (principal: string): string =>
  createHash('sha256').update(principal).digest('hex').slice(0, 12)

/** Whether a caller's own id of its request can be kept: well-formed, and neither a key nor a number of a person. */
export const isRequestId = (given: string): boolean =>
  (forms.request_id?.test(given) ?? false) && !isPrivateId(given)
