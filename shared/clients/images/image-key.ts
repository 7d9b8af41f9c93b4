import { environmentNames } from '../../platform/environment-names.ts'
import type { ImageSettings } from '../../platform/image-settings.ts'
import { openaiApiKey } from '../openai/api-key.ts'
import { secret } from '../secrets.ts'

/** A self-hosted server needs no key, but a header without one is malformed. */
const noKey = 'none'

/**
 * The key of the server of pictures: its own, or the text model's where that is the same server. The text
 * model's key is sent to no other: another vendor has no business with it.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED
 */
export const imageApiKey = async ({ isModelServer }: ImageSettings): Promise<string> => {
  try {
    return await secret(environmentNames.imageApiKey, environmentNames.imageApiKeyParameter)
  } catch {
    return isModelServer ? openaiApiKey() : noKey
  }
}
