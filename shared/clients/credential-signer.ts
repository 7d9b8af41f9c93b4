import { StudioError } from '../contracts/errors.ts'
import { type CredentialSigner, credentialSigner } from '../platform/credentials/cose-signature.ts'
import { setting } from '../platform/environment.ts'
import { environmentNames, modelSettingNames } from '../platform/environment-names.ts'
import { secret } from './secrets.ts'

/**
 * Who signs the credentials of pictures and films; null unless CONTENT_CREDENTIALS is `on`.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED for a key that is not there, or cannot be used
 */
export const findCredentialSigner = async (): Promise<CredentialSigner | null> => {
  if (setting(modelSettingNames.contentCredentials) !== 'on') return null
  const { c2paSigningKey, c2paSigningKeyParameter } = environmentNames
  const pem = await secret(c2paSigningKey, c2paSigningKeyParameter)
  try {
    // A file of settings may hold it in one line.
    return credentialSigner(pem.replaceAll('\\n', '\n'))
  } catch (error) {
    // What a parser says may quote the key.
    throw new StudioError(
      'CAPABILITY_NOT_CONFIGURED',
      `${c2paSigningKey} has to hold a private key of P-256 and its certificate, as PEM.`,
      { cause: new Error(error instanceof Error ? error.name : 'no error') },
    )
  }
}
