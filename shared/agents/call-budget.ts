import { setTimeout as sleep } from 'node:timers/promises'
import type { ModelClient } from '../clients/openai/model-client.ts'
import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { Clock } from '../platform/clock.ts'
import { type AgentSettings, agentSettings } from '../platform/model-settings.ts'

/** 1, or 2 when the model was asked again: what try 1 had streamed is then void. */
export type Try = 1 | 2

/** What an agent works with. */
export interface AgentDependencies {
  model: ModelClient
  clock: Clock
  /** Awaited before each call of the model; what it throws forbids the call and ends the work. */
  countCall?: ((agent: AgentName) => Promise<void>) | undefined
  /** Stop, cancel, a lost lease: ends the work at once, with the signal's reason. */
  signal?: AbortSignal | undefined
}

/** What an agent may still spend, over all calls of one piece of work. */
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

/** One permitted try: how long it may take and, on the second, why the first failed. */
export interface Permit {
  try: Try
  /** Milliseconds. */
  deadline: number
  failure: StudioError | undefined
}

/** Milliseconds to wait when a busy model does not say how long. */
const politeWait = 1000

/** A call that had less than this share of its deadline would be paid for and cut off. */
const leastShare = 0.1

const waitBefore = (failure: StudioError): number => {
  if (failure.retryAfter !== undefined) return failure.retryAfter * 1000
  return failure.code === 'RATE_LIMITED' ? politeWait : 0
}

/**
 * Makes one call of the model, and a second when the first failed in a way that may pass, a call is
 * left and the time still suffices. Counts each call before it is made.
 * @param call makes the call within `deadline`; raises StudioError
 * @throws the last call's error, what `countCall` throws, or the reason of an aborted signal
 */
export const tryTwice = async <R>(
  agent: AgentName,
  dependencies: AgentDependencies,
  budget: CallBudget,
  call: (permit: Permit) => Promise<R>,
): Promise<R> => {
  const { clock, countCall, signal } = dependencies
  const { settings } = budget
  const left = (): number => budget.until - clock.now()
  const permit = async (number: Try, failure?: StudioError): Promise<Permit> => {
    signal?.throwIfAborted()
    await countCall?.(agent)
    signal?.throwIfAborted()
    budget.callsLeft -= 1
    return { try: number, deadline: Math.max(1, Math.min(settings.deadline, left())), failure }
  }
  const first = await permit(1)
  try {
    return await call(first)
  } catch (error) {
    if (!(error instanceof StudioError) || !error.retryable || budget.callsLeft < 1) throw error
    const wait = waitBefore(error)
    if (left() - wait < settings.deadline * leastShare) throw error
    // An aborted wait is over early, and the permit then raises the signal's reason.
    if (wait > 0) await sleep(wait, undefined, signal ? { signal } : {}).catch(() => undefined)
    return call(await permit(2, error))
  }
}
