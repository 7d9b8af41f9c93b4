import { StudioError } from '../contracts/errors.ts'
import { defaultFilmModel, offeredIn } from '../rules/films/film-offers.ts'
import { setting } from './environment.ts'
import { modelSettingNames as names } from './environment-names.ts'
import { modelBaseUrl, modelProvider } from './model-settings.ts'

export interface VideoSettings {
  model: string
  /** Undefined for the vendor's own server. */
  baseUrl: string | undefined
  /** Whether that is the text model's server, and so has its key. */
  isModelServer: boolean
  /** The provider's name in provenance. */
  provider: string
}

/** Who makes films: a vendor, or our own motion, which needs none. */
export type FilmProvider =
  | { by: 'motion' }
  | {
      by: 'bedrock' | 'openai'
      settings: VideoSettings
      /** Whether a setting names it; it is the default of the region otherwise. */
      isChosen: boolean
    }

const notConfigured = (message: string): StudioError =>
  new StudioError('CAPABILITY_NOT_CONFIGURED', message)

const bedrockModel = (region: string | undefined): { model: string; isOffered: boolean } => {
  const model = setting(names.videoModel) ?? defaultFilmModel
  const regions = offeredIn(model)
  return { model, isOffered: regions === undefined || regions.includes(region ?? '') }
}

const bedrock = (isChosen: boolean): FilmProvider => {
  const region = setting('AWS_REGION')
  const { model, isOffered } = bedrockModel(region)
  if (!isOffered) {
    throw notConfigured(
      `Amazon Bedrock offers ${model} in ${offeredIn(model)?.join(', ')}, and this deployment is in ${region}: set ${names.videoProvider} to motion or openai, or ${names.videoModel} to another model.`,
    )
  }
  const settings = { model, baseUrl: undefined, isModelServer: false, provider: 'bedrock' }
  return { by: 'bedrock', settings, isChosen }
}

const openai = (): FilmProvider => {
  const model = setting(names.videoModel)
  if (model === undefined) {
    throw notConfigured(
      `${names.videoModel} is not set. It names a model of the server that makes films.`,
    )
  }
  const own = setting(names.videoBaseUrl)
  const baseUrl = (own ?? modelBaseUrl())?.replace(/\/+$/, '')
  if (baseUrl === undefined) {
    throw notConfigured(
      `OpenAI has ended its API for films on 24 September 2026: ${names.videoBaseUrl} has to name another server with /videos, or ${names.videoProvider} motion.`,
    )
  }
  const isModelServer = own === undefined || own === modelBaseUrl()
  const provider = isModelServer ? modelProvider() : 'openai-compatible'
  return { by: 'openai', settings: { model, baseUrl, isModelServer, provider }, isChosen: true }
}

/**
 * Who makes films. Without VIDEO_PROVIDER: Amazon Bedrock where its region offers the model, and motion
 * anywhere else, so that every deployment makes films.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
export const filmProvider = (): FilmProvider => {
  const chosen = setting(names.videoProvider)
  if (chosen === undefined) {
    return bedrockModel(setting('AWS_REGION')).isOffered ? bedrock(false) : { by: 'motion' }
  }
  if (chosen === 'motion') return { by: 'motion' }
  if (chosen === 'bedrock') return bedrock(true)
  if (chosen === 'openai') return openai()
  throw notConfigured(`${names.videoProvider} must be one of bedrock, openai, motion.`)
}
