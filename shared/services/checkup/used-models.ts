import { imageApiKey } from '../../clients/images/image-key.ts'
import { openaiApiKey } from '../../clients/openai/api-key.ts'
import type { ModelServer } from '../../clients/openai/model-list.ts'
import { videoApiKey } from '../../clients/video/video-key.ts'
import { agentNames } from '../../contracts/agents.ts'
import { setting } from '../../platform/environment.ts'
import { modelSettingNames as names } from '../../platform/environment-names.ts'
import { imageSettings } from '../../platform/image-settings.ts'
import {
  agentSettings,
  modelBaseUrl,
  moderationModel,
  transcriptionModel,
} from '../../platform/model-settings.ts'
import { filmProvider } from '../../platform/video-settings.ts'
import type { UsedModel } from '../../rules/checkup/model-ends.ts'

interface Use {
  model: string
  usedBy: string
  server: ModelServer
}

/** What a setting says; undefined where it is wrong or names nothing, which other checks tell. */
const known = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

const modelServer = (): ModelServer => ({ baseUrl: modelBaseUrl(), key: openaiApiKey })

const textUses = (): Use[] =>
  agentNames.flatMap((agent) => {
    const model = known(() => agentSettings(agent).model)
    return model === undefined ? [] : [{ model, usedBy: agent, server: modelServer() }]
  })

const soundUses = (): Use[] => {
  const speech = setting(names.ttsModel)
  return [
    ...(setting(names.sttProvider) === 'openai'
      ? [{ model: transcriptionModel(), usedBy: 'transcription', server: modelServer() }]
      : []),
    ...(setting(names.ttsProvider) === 'openai' && speech !== undefined
      ? [{ model: speech, usedBy: 'speech', server: modelServer() }]
      : []),
  ]
}

const moderationUses = (): Use[] => {
  const model = moderationModel()
  return model === undefined ? [] : [{ model, usedBy: 'moderation', server: modelServer() }]
}

const pictureUses = (): Use[] => {
  const settings = known(imageSettings)
  if (settings === undefined) return []
  const server = { baseUrl: settings.baseUrl, key: () => imageApiKey(settings) }
  return [{ model: settings.model, usedBy: 'images', server }]
}

/** Amazon Bedrock has another list, which its role may not read. */
const filmUses = (): Use[] => {
  const provider = known(filmProvider)
  if (provider?.by !== 'openai') return []
  const { settings } = provider
  const server = { baseUrl: settings.baseUrl, key: () => videoApiKey(settings) }
  return [{ model: settings.model, usedBy: 'films', server }]
}

/** The models of one server. */
export interface ServedModels {
  server: ModelServer
  models: UsedModel[]
}

/** Every model that the environment names or takes by default, by the server that has to have it. */
export const usedModels = (): ServedModels[] => {
  const served = new Map<string, ServedModels>()
  for (const { model, usedBy, server } of [
    ...textUses(),
    ...soundUses(),
    ...moderationUses(),
    ...pictureUses(),
    ...filmUses(),
  ]) {
    const address = server.baseUrl?.replace(/\/+$/, '') ?? ''
    const here = served.get(address) ?? { server, models: [] }
    served.set(address, here)
    const before = here.models.find(({ name }) => name === model)
    if (before) before.usedBy = [...before.usedBy, usedBy]
    else here.models.push({ name: model, usedBy: [usedBy] })
  }
  return [...served.values()]
}
