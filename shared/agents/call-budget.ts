import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelClient } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { type AgentSettings, agentSettings } from '../platform/model-settings.ts'

/** 1, or 2 after a retry, which voids whatever try 1 had streamed. */
export type Try = 1 | 2

export interface AgentDependencies {
  model: ModelClient
  clock: Clock
  /** Awaited before each call of the model; an error it throws forbids the call and ends the work. */
  countCall?: ((agent: AgentName) => Promise<void>) | undefined
  /** Stop, cancel or a lost lease: ends the work at once, with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What an agent may still spend on one turn or one attempt of a stage, over all of its calls. */
export interface CallBudget {
  settings: AgentSettings
  callsLeft: number
  /** Milliseconds since the epoch by which all calls have ended. */
  until: number
}

export const openBudget = (agent: AgentName, clock: Clock): CallBudget => {
  const settings = agentSettings(agent)
  return { settings, callsLeft: settings.maxCalls, until: clock.now() + settings.budget }
}

/** One try that was counted: how long it may take and, on the second, why the first failed. */
export interface CallAllowance {
  try: Try
  /** Milliseconds. */
  deadline: number
  previousFailure: StudioError | undefined
}

/** Milliseconds to wait after a rate limit that does not say how long. */
const rateLimitPause = 1000

/** With less than this share of its deadline left, a call would be paid for and then cut off. */
const minDeadlineShare = 0.1

const pauseAfter = (failure: StudioError): number => {
  if (failure.retryAfter !== undefined) return failure.retryAfter * 1000
  return failure.code === 'RATE_LIMITED' ? rateLimitPause : 0
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
  const { clock, countCall, signal } = dependencies
  const { settings } = budget
  const left = (): number => budget.until - clock.now()
  const countTry = async (number: Try, previousFailure?: StudioError): Promise<CallAllowance> => {
    signal?.throwIfAborted()
    await countCall?.(agent)
    signal?.throwIfAborted()
    budget.callsLeft -= 1
    const deadline = Math.max(1, Math.min(settings.deadline, left()))
    return { try: number, deadline, previousFailure }
  }
  const first = await countTry(1)
  try {
    return await call(first)
  } catch (error) {
    if (!(error instanceof StudioError) || !error.retryable || budget.callsLeft < 1) throw error
    const pause = pauseAfter(error)
    if (left() - pause < settings.deadline * minDeadlineShare) throw error
    // An abort only ends the pause: `countTry` then throws the signal's reason.
    if (pause > 0) await sleep(pause, undefined, signal ? { signal } : {}).catch(() => undefined)
    return call(await countTry(2, error))
  }
}
