import type { AgentName } from '../contracts/agents.ts'
import type { Mode } from '../contracts/session.ts'
import { numberSetting, setting } from './environment.ts'
import { modelSettingNames as names } from './environment-names.ts'

/**
 * The defaults table: model, deadline of one call in milliseconds and the most calls of the model.
 * Research searches and then shapes, and either of the two may be asked again once.
 */
const defaults = {
  planner: { model: 'gpt-6-luna', deadline: 20_000, calls: 2 },
  research: { model: 'gpt-6.1-terra', deadline: 60_000, calls: 3 },
  strategy: { model: 'gpt-6.1-terra', deadline: 60_000, calls: 2 },
  creative: { model: 'gpt-6.1-terra', deadline: 90_000, calls: 2 },
  voice: { model: 'gpt-6.1-terra', deadline: 45_000, calls: 2 },
} as const satisfies Record<AgentName, { model: string; deadline: number; calls: number }>

/** Both tries of a planner turn fit in this: the HTTP route that waits for them ends at 30 s. */
const turnBudget = 26_000

export interface AgentSettings {
  model: string
  /** Milliseconds that one call of the model may take, from the request to the last byte. */
  deadline: number
  /** Milliseconds that all calls together may take, waiting included. */
  budget: number
  /** Most calls of the model. */
  calls: number
}

/** @throws StudioError INTERNAL_ERROR that names a deadline which is not a whole number. */
export const agentSettings = (agent: AgentName): AgentSettings => {
  const { calls, ...own } = defaults[agent]
  const deadline = numberSetting(names[`${agent}Deadline`], own.deadline)
  const budget = deadline * calls
  return {
    model: setting(names[`${agent}Model`]) ?? own.model,
    deadline,
    budget: agent === 'planner' ? Math.min(budget, turnBudget) : budget,
    calls,
  }
}

/** The base URL of an OpenAI-compatible server; undefined for OpenAI itself. */
export const modelBaseUrl = (): string | undefined => setting(names.baseUrl)

/** Who is named as the provider in the provenance of every answer. */
export const modelProvider = (): string =>
  setting(names.provider) ?? (modelBaseUrl() === undefined ? 'openai' : 'openai-compatible')

/**
 * How long the model may think before it writes. A turn is a conversation, so the planner never
 * thinks long; a compatible server may not know the setting and is not sent one.
 */
export const reasoningEffort = (agent: AgentName, mode: Mode): 'low' | 'medium' | undefined => {
  if (modelBaseUrl() !== undefined) return undefined
  return agent === 'planner' || mode === 'fast' ? 'low' : 'medium'
}

/** The model that an OpenAI-compatible server turns speech into text with. */
export const transcriptionModel = (): string => setting(names.sttModel) ?? 'gpt-transcribe'
