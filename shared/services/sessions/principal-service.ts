import { type JWTPayload, type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose'
import { StudioError } from '../../contracts/errors.ts'
import { setting } from '../../platform/environment.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { issuedAt, newId } from '../../platform/ids.ts'
import { keyIdOf, signingKeys } from './signing-keys.ts'

const audience = 'launch-studio'
/** Seconds; a token outlives the sessions it owns. */
const tokenLife = 180 * 86_400

/** Base64url leaves bits of a last character unread: of its spellings, only the one that was issued is a token. */
const isAsIssued = (token: string): boolean =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part)

const bytesOf = (key: string): Uint8Array => new TextEncoder().encode(key)

/** The issuer whose tokens this deployment takes instead of minting its own. */
const issuer = (): string | undefined => setting(environmentNames.oidcIssuer)

/**
 * A new anonymous principal.
 * @throws StudioError UNAUTHORIZED where an issuer says who its callers are
 */
export const newPrincipal = (): string => {
  if (issuer() === undefined) return newId('user')
  throw new StudioError(
    'UNAUTHORIZED',
    `This deployment takes tokens of ${issuer()} only: sign in there and send Authorization: Bearer <token>.`,
  )
}

/** The signed token of a principal: the same for the same key, so that nothing has to keep it. */
export const tokenOf = async (principal: string): Promise<string> => {
  const [key] = await signingKeys('tokenSigningKey')
  const seconds = Math.floor(issuedAt(principal) / 1000)
  return await new SignJWT()
    .setProtectedHeader({ alg: 'HS256', kid: keyIdOf(key) })
    .setSubject(principal)
    .setAudience(audience)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + tokenLife)
    .sign(bytesOf(key))
}

/** Whether tokens are minted here; else callers sign in at an issuer. */
export const mintsTokens = (): boolean => issuer() === undefined

interface Proven {
  subject: string
  /** Epoch milliseconds at which the token expires. */
  until: number
}

/** Tokens that one instance remembers. */
const maxRemembered = 1_000

/**
 * Tokens that these keys have proven: a caller sends the same one with each request, and verifying it takes
 * longer than many of them. Other keys, as after a rotation, begin anew.
 */
let remembered = { keys: '', proven: new Map<string, Proven>() }

const provenBy = (keys: readonly string[]): Map<string, Proven> => {
  const named = keys.map(keyIdOf).join()
  if (remembered.keys !== named) remembered = { keys: named, proven: new Map() }
  return remembered.proven
}

const remember = (proven: Map<string, Proven>, token: string, payload: JWTPayload): void => {
  if (payload.sub === undefined || payload.exp === undefined) return
  if (proven.size >= maxRemembered) proven.clear()
  proven.set(token, { subject: payload.sub, until: payload.exp * 1000 })
}

/** The subject of a token that one of these keys signed. */
const subjectOf = async (token: string, keys: readonly string[]): Promise<string | undefined> => {
  const proven = provenBy(keys)
  const known = proven.get(token)
  if (known && Date.now() < known.until) return known.subject
  const payload = await payloadOf(token, keys)
  remember(proven, token, payload)
  return payload.sub
}

/** What a token says that one of these keys signed; a token from before keys had names tries each. */
const payloadOf = async (token: string, keys: readonly string[]): Promise<JWTPayload> => {
  let named = keys
  const keyOf: JWTVerifyGetKey = ({ kid }) => {
    if (kid !== undefined) named = keys.filter((key) => keyIdOf(key) === kid)
    const [key] = named
    if (key === undefined) throw new Error('The key of the token is gone.')
    return bytesOf(key)
  }
  try {
    const { payload } = await jwtVerify(token, keyOf, { audience, algorithms: ['HS256'] })
    return payload
  } catch (error) {
    const others = named.slice(1)
    if (others.length === 0) throw error
    return payloadOf(token, others)
  }
}

/**
 * The principal of an Authorization header; undefined when there is none.
 * @throws StudioError UNAUTHORIZED for a token that is forged, expired or no token; IDENTITY_UNAVAILABLE when
 * the deployment's issuer does not tell its keys
 */
export const identify = async (authorization: string | undefined): Promise<string | undefined> => {
  if (authorization === undefined) return undefined
  const [, token = ''] = /^Bearer (\S+)$/i.exec(authorization) ?? []
  if (!isAsIssued(token)) {
    throw new StudioError('UNAUTHORIZED', 'The token is not spelled as it was issued.')
  }
  if (issuer() !== undefined) {
    // Deployments without an issuer never load it.
    const { identifyAtIssuer } = await import('../../clients/oidc-issuer.ts')
    return identifyAtIssuer(token)
  }
  try {
    const subject = await subjectOf(token, await signingKeys('tokenSigningKey'))
    if (subject) return subject
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    throw new StudioError('UNAUTHORIZED', 'The token is not valid or has expired.', { cause })
  }
  throw new StudioError('UNAUTHORIZED', 'The token has no subject.')
}
