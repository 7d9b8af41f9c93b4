import { createHash } from 'node:crypto'
import { secret } from '../../clients/secrets.ts'
import { StudioError } from '../../contracts/errors.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { readSigningKeys } from '../../rules/signing-keys.ts'

/** What is signed names its key by the key's digest: the secret need not name it. */
export const keyIdOf = (key: string): string =>
  createHash('sha256').update(key).digest('base64url').slice(0, 12)

/**
 * The keys of one kind, the one that signs first.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED
 */
export const signingKeys = async (
  kind: 'tokenSigningKey' | 'webhookSigningKey',
): Promise<[string, ...string[]]> => {
  const name = environmentNames[kind]
  const held = await secret(name, environmentNames[`${kind}Parameter`])
  try {
    return readSigningKeys(held)
  } catch (cause) {
    const message = `${name} holds no signing keys.`
    throw new StudioError('CAPABILITY_NOT_CONFIGURED', message, { cause })
  }
}
