import type { AgentName } from '../contracts/agents.ts'
import { StudioError } from '../contracts/errors.ts'
import type { Mode } from '../contracts/session.ts'
import { modelLimits } from '../rules/model-limits.ts'
import { turnTimes } from '../rules/time-budgets.ts'
import { numberSetting, setting } from './environment.ts'
import { modelSettingNames as names } from './environment-names.ts'

/** The model behind each agent unless its setting names another. */
export const defaultModels = {
  planner: 'gpt-6-luna',
  picture: 'gpt-6-luna',
  research: 'gpt-6.1-terra',
  strategy: 'gpt-6.1-terra',
  creative: 'gpt-6.1-terra',
  voice: 'gpt-6.1-terra',
} as const satisfies Record<AgentName, string>

export interface AgentSettings {
  model: string
  /** Milliseconds that one call of the model may take, from the request to the last byte. */
  deadline: number
  /** Milliseconds that all calls may take together, pauses included, where no route ends sooner. */
  budget: number
  maxCalls: number
  /** Tokens of one answer, as the server is asked to keep to. */
  maxOutputTokens: number
}

/** Of the agent that looks at pictures the planner's, which a server that was chosen for it has. */
const usualModel = (agent: AgentName): string =>
  (agent === 'picture' ? setting(names.plannerModel) : undefined) ?? defaultModels[agent]

/** @throws StudioError INTERNAL_ERROR that names a deadline which is not a whole number of at least 1. */
export const agentSettings = (agent: AgentName): AgentSettings => {
  const { deadlineMs, maxCalls, budget, maxOutputTokens } = modelLimits[agent]
  const deadline = numberSetting(names[`${agent}Deadline`], deadlineMs)
  return {
    model: setting(names[`${agent}Model`]) ?? usualModel(agent),
    deadline,
    budget: Math.ceil(deadline * budget),
    maxCalls,
    maxOutputTokens,
  }
}

/** What of a turn follows its settings. */
export const turnTimesNow = () => turnTimes(agentSettings('planner').budget)

/** The base URL of an OpenAI-compatible server; undefined for OpenAI itself. */
export const modelBaseUrl = (): string | undefined => setting(names.baseUrl)

export const modelApis = ['responses', 'chat', 'auto'] as const
/** How the model's server is talked to; `auto` finds it out. */
export type ModelApi = (typeof modelApis)[number]

/**
 * `responses` for OpenAI itself, `auto` for any other server, unless a setting says otherwise.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED for an unknown name
 */
export const modelApi = (): ModelApi => {
  const name = setting(names.api)
  const known = modelApis.find((api) => api === name)
  if (known !== undefined) return known
  if (name === undefined) return modelBaseUrl() === undefined ? 'responses' : 'auto'
  throw new StudioError(
    'CAPABILITY_NOT_CONFIGURED',
    `${names.api} must be one of ${modelApis.join(', ')}.`,
  )
}

/** The provider's name in the provenance of every answer. */
export const modelProvider = (): string =>
  setting(names.provider) ?? (modelBaseUrl() === undefined ? 'openai' : 'openai-compatible')

/**
 * How much the model may reason before it writes: little in a turn, where the user is waiting. Undefined
 * for compatible servers, which may not know the setting.
 */
export const reasoningEffort = (agent: AgentName, mode: Mode): 'low' | 'medium' | undefined => {
  if (modelBaseUrl() !== undefined) return undefined
  const isTurn = agent === 'planner' || agent === 'picture'
  return isTurn || mode === 'fast' ? 'low' : 'medium'
}

/** OpenAI's models beside those of the agents; its moderation has no other. */
export const defaultServiceModels = {
  transcription: 'gpt-transcribe',
  moderation: 'omni-moderation-latest',
} as const

/** The transcription model of an OpenAI-compatible server. */
export const transcriptionModel = (): string =>
  setting(names.sttModel) ?? defaultServiceModels.transcription

/**
 * The model of the server's `/moderations`; undefined when moderation is off: by `off`, or where another
 * server than OpenAI's is used and no setting names a model.
 */
export const moderationModel = (): string | undefined => {
  const name = setting(names.moderationModel)
  if (name === 'off') return undefined
  return name ?? (modelBaseUrl() === undefined ? defaultServiceModels.moderation : undefined)
}
