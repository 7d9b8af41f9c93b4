import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelClient } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { CallUsage, Usage } from '../contracts/provenance.ts'
import type { Clock } from '../platform/clock.ts'
import { type AgentSettings, agentSettings } from '../platform/model-settings.ts'
import { measure } from '../platform/telemetry.ts'

/** 1, or 2 after a retry, which voids whatever try 1 had streamed. */
export type Try = 1 | 2

export interface AgentDependencies {
  model: ModelClient
  clock: Clock
  /** Awaited before each call of the model; an error it throws forbids the call and ends the work. */
  countCall?: ((agent: AgentName) => Promise<void>) | undefined
  /** What a call of the model used, as soon as its server reports it; also of calls that fail. */
  onUsage?: ((model: string, usage: Usage) => void) | undefined
  /** Milliseconds since the epoch by which the work must have ended, sooner than its settings allow. */
  until?: number | undefined
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
  { clock, until }: { clock: Clock; until?: number | undefined },
): CallBudget => {
  const settings = agentSettings(agent)
  const now = clock.now()
  const end = Math.min(now + settings.budget, until ?? Number.POSITIVE_INFINITY)
  return {
    settings,
    callsLeft: settings.maxCalls,
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
  previousFailure: StudioError | undefined
  /** To be called once, when the server reports what the call used. */
  onUsage(usage: Usage): void
}

/** Milliseconds to wait after a rate limit that does not say how long. */
const rateLimitPause = 1000

const pauseAfter = (failure: StudioError): number => {
  if (failure.retryAfter !== undefined) return failure.retryAfter * 1000
  return failure.code === 'RATE_LIMITED' ? rateLimitPause : 0
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
 * @param call makes the call within the allowance's deadline; throws StudioError
 * @throws the last call's error, what `countCall` throws, or the reason of an aborted signal
 */
export const tryTwice = async <R>(
  agent: AgentName,
  dependencies: AgentDependencies,
  budget: CallBudget,
  call: (allowance: CallAllowance) => Promise<R>,
): Promise<R> => {
  const { clock, countCall, onUsage, signal } = dependencies
  const { settings } = budget
  const left = (): number => budget.until - clock.now()
  const countTry = async (number: Try, previousFailure?: StudioError): Promise<CallAllowance> => {
    signal?.throwIfAborted()
    await countCall?.(agent)
    signal?.throwIfAborted()
    budget.callsLeft -= 1
    budget.usage.calls += 1
    budget.usage.calls_without_usage += 1
    const deadline = Math.max(1, Math.min(settings.deadline, left()))
    const reportUsage = (usage: Usage): void => {
      countUsage(budget, usage)
      onUsage?.(settings.model, usage)
    }
    return { try: number, deadline, previousFailure, onUsage: reportUsage }
  }
  const measured = async (allowance: CallAllowance): Promise<R> => {
    try {
      const result = await call(allowance)
      measure('AgentCall', 1, { agent, outcome: allowance.try === 2 ? 'repaired' : 'succeeded' })
      return result
    } catch (error) {
      measure('AgentCall', 1, { agent, outcome: isStopped(signal) ? 'stopped' : 'failed' })
      throw error
    }
  }
  const first = await countTry(1)
  try {
    return await measured(first)
  } catch (error) {
    if (!(error instanceof StudioError) || !error.retryable || budget.callsLeft < 1) throw error
    const pause = pauseAfter(error)
    if (left() - pause < budget.minCall) throw error
    // An abort only ends the pause: `countTry` then throws the signal's reason.
    if (pause > 0) await sleep(pause, undefined, signal ? { signal } : {}).catch(() => undefined)
    return measured(await countTry(2, error))
  }
}
