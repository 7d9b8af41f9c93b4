import { jwtVerify, SignJWT } from 'jose'
import { secret } from '../../clients/secrets.ts'
import { StudioError } from '../../contracts/errors.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { newId } from '../../platform/ids.ts'

const audience = 'launch-studio'
/** A token outlives the sessions it owns. */
const tokenLife = '180d'

const signingKey = async (): Promise<Uint8Array> =>
  new TextEncoder().encode(
    await secret(environmentNames.tokenSigningKey, environmentNames.tokenSigningKeyParameter),
  )

/** A new anonymous principal with its signed token. */
export const mintPrincipal = async (): Promise<{ principal: string; token: string }> => {
  const principal = newId('user')
  const token = await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(principal)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(tokenLife)
    .sign(await signingKey())
  return { principal, token }
}

/**
 * The principal of an Authorization header; undefined when there is none.
 * @throws StudioError UNAUTHORIZED for a token that is forged, expired or no token.
 */
export const identify = async (authorization: string | undefined): Promise<string | undefined> => {
  if (authorization === undefined) return undefined
  const [, token] = /^Bearer (\S+)$/i.exec(authorization) ?? []
  try {
    const { payload } = await jwtVerify(token ?? '', await signingKey(), {
      audience,
      algorithms: ['HS256'],
    })
    if (payload.sub) return payload.sub
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw new StudioError('UNAUTHORIZED', 'The token is not valid or has expired.', { cause })
  }
  throw new StudioError('UNAUTHORIZED', 'The token names nobody.')
}
