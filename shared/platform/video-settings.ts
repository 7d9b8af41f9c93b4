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

export const filmProviders = ['bedrock', 'openai', 'motion'] as const

/** Who makes films: a vendor, or our own motion, which needs none. */
export type FilmProvider = { by: 'motion' } | { by: 'bedrock' | 'openai'; settings: VideoSettings }

const notConfigured = (message: string): StudioError =>
  new StudioError('CAPABILITY_NOT_CONFIGURED', message)

const bedrock = (): FilmProvider => {
  const region = setting('AWS_REGION')
  const model = setting(names.videoModel) ?? defaultFilmModel
  const regions = offeredIn(model)
  if (regions !== undefined && !regions.includes(region ?? '')) {
    throw notConfigured(
      `Amazon Bedrock offers ${model} in ${regions.join(', ')}, and this deployment is in ${region}: set ${names.videoProvider} to motion or openai, or ${names.videoModel} to another model.`,
    )
  }
  const settings = { model, baseUrl: undefined, isModelServer: false, provider: 'bedrock' }
  return { by: 'bedrock', settings }
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
  return { by: 'openai', settings: { model, baseUrl, isModelServer, provider } }
}

/**
 * Who makes films. Without VIDEO_PROVIDER motion, in every region: it costs nothing, and a vendor's clip alone costs
 * more than the default cap of a run.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
export const filmProvider = (): FilmProvider => {
  const chosen = setting(names.videoProvider)
  if (chosen === undefined || chosen === 'motion') return { by: 'motion' }
  if (chosen === 'bedrock') return bedrock()
  if (chosen === 'openai') return openai()
  throw notConfigured(`${names.videoProvider} must be one of ${filmProviders.join(', ')}.`)
}
