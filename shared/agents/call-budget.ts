import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelClient, ModelRequest } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { CallUsage, Usage } from '../contracts/provenance.ts'
import type { Clock } from '../platform/clock.ts'
import { type AgentSettings, agentSettings } from '../platform/model-settings.ts'
import { measure } from '../platform/telemetry.ts'
import { hostedSearchLimit } from '../rules/model-limits.ts'
import { inputTokenBound } from '../rules/token-bound.ts'

/** 1, or 2 after a retry, which voids whatever try 1 had streamed. */
export type Try = 1 | 2

/** A call that is about to be made: what it may use at most. */
export interface PlannedCall {
  agent: AgentName
  model: string
  inputTokens: number
  outputTokens: number
  /** Searches of the server's own. */
  searches: number
}

/** What came of a call. */
export interface CallReport {
  /** Undefined when the server did not say. */
  usage: Usage | undefined
  /** Searches that the server made; undefined when the answer did not come to its end. */
  searches: number | undefined
  /** The server refused the request, and so began nothing that it could charge. */
  refused: boolean
}

/** To be told what came of a call, once. */
export type SettleCall = (report: CallReport) => void

export interface AgentDependencies {
  model: ModelClient
  clock: Clock
  /** Awaited before each call of the model; an error it throws forbids the call and ends the work. */
  countCall?: ((call: PlannedCall) => Promise<SettleCall | undefined>) | undefined
  /** Milliseconds since the epoch by which the work must have ended, sooner than its settings allow. */
  until?: number | undefined
  /** Calls, where fewer are left than the agent's settings allow. */
  maxCalls?: number | undefined
  /** Tokens of one answer, where it is a part of what the agent's settings allow. */
  maxOutputTokens?: number | undefined
  /** Stop, cancel or a lost lease: ends the work at once, with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What an agent may still spend on one turn or one attempt of a stage, over all of its calls. */
export interface CallBudget {
  settings: AgentSettings
  callsLeft: number
  /** Milliseconds since the epoch by which all calls have ended. */
  until: number
  /** With less time left, in milliseconds, a call would be paid for and then cut off. */
  minCall: number
  /** Of the calls so far. */
  usage: CallUsage
}

/** With less than this share of what a first call may take, no second one is made. */
const minShare = 0.1

const noUsage: CallUsage = {
  input_tokens: 0,
  output_tokens: 0,
  total_tokens: 0,
  calls: 0,
  calls_without_usage: 0,
}

export const openBudget = (
  agent: AgentName,
  {
    clock,
    until,
    maxCalls,
    maxOutputTokens,
  }: Pick<AgentDependencies, 'clock' | 'until' | 'maxCalls' | 'maxOutputTokens'>,
): CallBudget => {
  const usual = agentSettings(agent)
  const settings = maxOutputTokens === undefined ? usual : { ...usual, maxOutputTokens }
  const now = clock.now()
  const end = Math.min(now + settings.budget, until ?? Number.POSITIVE_INFINITY)
  return {
    settings,
    callsLeft: Math.min(settings.maxCalls, maxCalls ?? settings.maxCalls),
    until: end,
    minCall: minShare * Math.min(settings.deadline, end - now),
    usage: { ...noUsage },
  }
}

const countUsage = (budget: CallBudget, reported: Usage): void => {
  const { usage } = budget
  usage.calls_without_usage -= 1
  usage.input_tokens += reported.input_tokens
  usage.output_tokens += reported.output_tokens
  usage.total_tokens += reported.total_tokens
}

/** One try that was counted: how long it may take and, on the second, why the first failed. */
export interface CallAllowance {
  try: Try
  /** Milliseconds. */
  deadline: number
  /** To be called once, when the server reports what the call used. */
  onUsage(usage: Usage): void
  /** To be called for each search that the server made. */
  onSearch(): void
}

/** A call in one try, and what it asks for: on the second try, knowing why the first failed. */
export interface TryableCall<R> {
  request(previousFailure: StudioError | undefined): ModelRequest
  /** Makes the call within the allowance's deadline. @throws StudioError */
  ask(request: ModelRequest, allowance: CallAllowance): Promise<R>
}

/** Milliseconds to wait after a rate limit that does not say how long. */
const rateLimitPause = 1000

const pauseAfter = (failure: StudioError): number => {
  if (failure.retryAfter !== undefined) return failure.retryAfter * 1000
  return failure.code === 'RATE_LIMITED' ? rateLimitPause : 0
}

const plannedCall = (
  agent: AgentName,
  { settings }: CallBudget,
  request: ModelRequest,
): PlannedCall => {
  const searches = request.webSearch ? hostedSearchLimit.maxSearches : 0
  return {
    agent,
    model: settings.model,
    inputTokens: inputTokenBound(request) + searches * hostedSearchLimit.tokensPerSearch,
    outputTokens: settings.maxOutputTokens,
    searches,
  }
}

/** Makes a call that was counted, and reports what came of it. */
const makeCall = async <R>(
  { clock }: AgentDependencies,
  budget: CallBudget,
  settle: SettleCall | undefined,
  ask: (allowance: Omit<CallAllowance, 'try'>) => Promise<R>,
): Promise<R> => {
  const report: CallReport = { usage: undefined, searches: undefined, refused: false }
  let searches = 0
  budget.callsLeft -= 1
  budget.usage.calls += 1
  budget.usage.calls_without_usage += 1
  try {
    const answer = await ask({
      deadline: Math.max(1, Math.min(budget.settings.deadline, budget.until - clock.now())),
      onUsage(usage) {
        countUsage(budget, usage)
        report.usage = usage
      },
      onSearch() {
        searches += 1
      },
    })
    report.searches = searches
    return answer
  } catch (error) {
    report.refused = error instanceof StudioError && error.unserved
    throw error
  } finally {
    settle?.(report)
  }
}

/** Whether the caller or another worker ended the work; a deadline is a failure. */
const isStopped = (signal: AbortSignal | undefined): boolean => {
  if (!signal?.aborted) return false
  const { reason } = signal
  return !(reason instanceof StudioError) || reason.code === 'STOPPED'
}

/**
 * Calls the model, and once more when the failure is retryable, a call is left and so is enough time.
 * Counts each call before it is made.
 * @throws the last call's error, what `countCall` throws, or the reason of an aborted signal
 */
export const tryTwice = async <R>(
  agent: AgentName,
  dependencies: AgentDependencies,
  budget: CallBudget,
  call: TryableCall<R>,
): Promise<R> => {
  const { clock, countCall, signal } = dependencies
  const { maxOutputTokens } = budget.settings
  const countTry = async (number: Try, failure?: StudioError): Promise<() => Promise<R>> => {
    const request = { ...call.request(failure), maxOutputTokens }
    signal?.throwIfAborted()
    const settle = await countCall?.(plannedCall(agent, budget, request))
    // Nothing was asked for yet: what was reserved for it is given back.
    if (signal?.aborted) settle?.({ usage: undefined, searches: undefined, refused: true })
    signal?.throwIfAborted()
    return () =>
      makeCall(dependencies, budget, settle, (allowance) =>
        call.ask(request, { try: number, ...allowance }),
      )
  }
  const measured = async (number: Try, ask: () => Promise<R>): Promise<R> => {
    try {
      const result = await ask()
      measure('AgentCall', 1, { agent, outcome: number === 2 ? 'repaired' : 'succeeded' })
      return result
    } catch (error) {
      measure('AgentCall', 1, { agent, outcome: isStopped(signal) ? 'stopped' : 'failed' })
      throw error
    }
  }
  const first = await countTry(1)
  try {
    return await measured(1, first)
  } catch (error) {
    if (!(error instanceof StudioError) || !error.retryable || budget.callsLeft < 1) throw error
    const pause = pauseAfter(error)
    if (budget.until - clock.now() - pause < budget.minCall) throw error
    // An abort only ends the pause: the second try then throws the signal's reason.
    if (pause > 0) await sleep(pause, undefined, signal ? { signal } : {}).catch(() => undefined)
    return measured(2, await countTry(2, error))
  }
}
