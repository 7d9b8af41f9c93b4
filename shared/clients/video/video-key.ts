import { environmentNames } from '../../platform/environment-names.ts'
import { openaiApiKey } from '../openai/api-key.ts'
import { secret } from '../secrets.ts'

/** A self-hosted server needs no key, but a header without one is malformed. */
const noKey = 'none'

/**
 * The key of the server of films: its own, or the text model's where that is the same server. The text model's
 * key is sent to no other.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED
 */
export const videoApiKey = async ({
  isModelServer,
}: {
  isModelServer: boolean
}): Promise<string> => {
  try {
    return await secret(environmentNames.videoApiKey, environmentNames.videoApiKeyParameter)
  } catch {
    return isModelServer ? openaiApiKey() : noKey
  }
}
