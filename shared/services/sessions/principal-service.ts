import { jwtVerify, SignJWT } from 'jose'
import { secret } from '../../clients/secrets.ts'
import { StudioError } from '../../contracts/errors.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { issuedAt, newId } from '../../platform/ids.ts'

const audience = 'launch-studio'
/** Seconds; a token outlives the sessions it owns. */
const tokenLife = 180 * 86_400

const signingKey = async (): Promise<Uint8Array> =>
  new TextEncoder().encode(
    await secret(environmentNames.tokenSigningKey, environmentNames.tokenSigningKeyParameter),
  )

/** A new anonymous principal. */
export const newPrincipal = (): string => newId('user')

/** The signed token of a principal: always the same, so that nothing has to keep it. */
export const tokenOf = async (principal: string): Promise<string> => {
  const seconds = Math.floor(issuedAt(principal) / 1000)
  return await new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(principal)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + tokenLife)
    .sign(await signingKey())
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
  throw new StudioError('UNAUTHORIZED', 'The token has no subject.')
}
