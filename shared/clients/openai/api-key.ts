import { environmentNames } from '../../platform/environment-names.ts'
import { modelBaseUrl } from '../../platform/model-settings.ts'
import { secret } from '../secrets.ts'

/** A self-hosted server needs no key, while the vendor's client insists on one. */
const noKey = 'none'

/** The key that the environment names. @throws StudioError CAPABILITY_NOT_CONFIGURED without one */
export const openaiApiKey = async (): Promise<string> => {
  try {
    return await secret(environmentNames.openaiApiKey, environmentNames.openaiApiKeyParameter)
  } catch (error) {
    if (modelBaseUrl() === undefined) throw error
    return noKey
  }
}
