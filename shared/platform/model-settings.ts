import type { AgentName } from '../contracts/agents.ts'
import type { Mode } from '../contracts/session.ts'
import { modelLimits } from '../rules/model-limits.ts'
import { turnMs } from '../rules/time-budgets.ts'
import { numberSetting, setting } from './environment.ts'
import { modelSettingNames as names } from './environment-names.ts'

/** The defaults table: the model behind each agent. */
const defaultModels = {
  planner: 'gpt-6-luna',
  research: 'gpt-6.1-terra',
  strategy: 'gpt-6.1-terra',
  creative: 'gpt-6.1-terra',
  voice: 'gpt-6.1-terra',
} as const satisfies Record<AgentName, string>

export interface AgentSettings {
  model: string
  /** Milliseconds that one call of the model may take, from the request to the last byte. */
  deadline: number
  /** Milliseconds that all calls together may take, waiting included. */
  budget: number
  maxCalls: number
}

/** @throws StudioError INTERNAL_ERROR that names a deadline which is not a whole number. */
export const agentSettings = (agent: AgentName): AgentSettings => {
  const { deadlineMs, maxCalls } = modelLimits[agent]
  const deadline = numberSetting(names[`${agent}Deadline`], deadlineMs)
  const budget = deadline * maxCalls
  return {
    model: setting(names[`${agent}Model`]) ?? defaultModels[agent],
    deadline,
    budget: agent === 'planner' ? Math.min(budget, turnMs.model) : budget,
    maxCalls,
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
