import { StudioError } from '../contracts/errors.ts'
import { setting } from './environment.ts'
import { modelSettingNames as names } from './environment-names.ts'
import { modelBaseUrl, modelProvider } from './model-settings.ts'

export const imageProviders = ['openai', 'none'] as const

export const defaultImageModel = 'gpt-image-2.6-flare'

export interface ImageSettings {
  model: string
  /** Undefined for OpenAI's own server. */
  baseUrl: string | undefined
  /** Whether that is the text model's server, and so has its key. */
  isModelServer: boolean
  /** The provider's name in provenance. */
  provider: string
}

const notConfigured = (message: string): StudioError =>
  new StudioError('CAPABILITY_NOT_CONFIGURED', message)

/**
 * Who makes pictures: the text model's server unless IMAGE_BASE_URL names another. OpenAI itself has a model
 * for it; of any other server IMAGE_MODEL has to say which, because few text servers make pictures.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names the variable
 */
export const imageSettings = (): ImageSettings => {
  const chosen = setting(names.imageProvider) ?? 'openai'
  if (chosen === 'none')
    throw notConfigured(`${names.imageProvider} is none: no pictures are made.`)
  if (chosen !== 'openai') {
    throw notConfigured(`${names.imageProvider} must be one of ${imageProviders.join(', ')}.`)
  }
  const ownUrl = setting(names.imageBaseUrl)
  const baseUrl = (ownUrl ?? modelBaseUrl())?.replace(/\/+$/, '')
  const model = setting(names.imageModel) ?? (baseUrl === undefined ? defaultImageModel : undefined)
  if (model === undefined) {
    throw notConfigured(
      `${names.imageModel} is not set. It names a model of the server that makes pictures.`,
    )
  }
  const isModelServer = ownUrl === undefined || ownUrl === modelBaseUrl()
  return {
    model,
    baseUrl,
    isModelServer,
    provider: isModelServer ? modelProvider() : 'openai-compatible',
  }
}
