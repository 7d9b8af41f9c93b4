import type { FailureData, ProblemBody } from '../../../shared/client/contract.ts'
import { type ClientCode, StudioProblem } from '../../../shared/client/index.ts'

/** A problem as the page tells of it, whether a call was refused or the log says that a run failed. */
export interface Trouble {
  code: ClientCode
  /** The server's own sentence. */
  message: string
  /** For the operator: the setting that is missing, what a service said. */
  detail?: string | undefined
  errors?: ProblemBody['errors']
  cap?: ProblemBody['cap']
  missing?: ProblemBody['missing_required']
  /** Epoch milliseconds from which on another try makes sense. */
  until?: number | undefined
  requestId?: string | undefined
}

export type Told =
  | StudioProblem
  | Pick<FailureData, 'code' | 'message' | 'detail' | 'errors' | 'cap'>

/** When a refusal was first told of: its waiting time counts from there, however often it is drawn. */
const told = new WeakMap<Told, number>()

const toldAt = (problem: Told, now: number): number => {
  const first = told.get(problem) ?? now
  told.set(problem, first)
  return first
}

export const troubleOf = (problem: Told, now: number = Date.now()): Trouble => {
  if (!(problem instanceof StudioProblem)) return problem
  const { code, message, detail, errors, body, retryAfterMs, requestId } = problem
  return {
    ...{ code, message, errors, requestId },
    detail: detail === message ? undefined : detail,
    cap: body?.cap,
    missing: body?.missing_required,
    until: retryAfterMs === undefined ? undefined : toldAt(problem, now) + retryAfterMs,
  }
}

/** What has to wait for something, rather than having failed. */
const waits: ReadonlySet<ClientCode> = new Set([
  'RATE_LIMITED',
  'BUDGET_EXCEEDED',
  'GATE_NOT_READY',
  'TURN_IN_PROGRESS',
  'RUN_IN_PROGRESS',
  'REQUEST_IN_FLIGHT',
  'IDENTITY_CONFLICT',
  'CAPABILITY_NOT_CONFIGURED',
])

export const toneOf = (code: ClientCode): 'warn' | 'bad' => (waits.has(code) ? 'warn' : 'bad')

/** When the caps of a day start anew: the next midnight in UTC. */
export const nextDay = (now: number): number => {
  const dayMs = 86_400_000
  return (Math.floor(now / dayMs) + 1) * dayMs
}

/** Codes of which the detail names what the operator has to set or to look at. */
const forOperator: ReadonlySet<ClientCode> = new Set([
  'BUDGET_EXCEEDED',
  'CAPABILITY_NOT_CONFIGURED',
  'IDENTITY_UNAVAILABLE',
  'INTERNAL_ERROR',
  'MODEL_REFUSED',
  'RATE_LIMITED',
  'SCHEMA_VALIDATION_FAILED',
  'TRANSCRIPTION_FAILED',
  'UPSTREAM_ERROR',
])

export const operatorDetail = ({ code, detail }: Trouble): string | undefined =>
  forOperator.has(code) ? detail : undefined
