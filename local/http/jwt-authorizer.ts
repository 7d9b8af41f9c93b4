import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose'
import * as z from 'zod'
import { type GatewayResponse, gatewayMessage } from './gateway-response.ts'
import type { HttpRequest } from './http-request.ts'

/** What the template says of an authorizer of the type JWT. */
export const jwtAuthorizerSchema = z.object({
  AuthorizerType: z.literal('JWT'),
  IdentitySource: z.tuple([z.literal('$request.header.Authorization')]),
  JwtConfiguration: z.object({ Issuer: z.string(), Audience: z.array(z.string()) }),
})

/** What a function finds in its event's `requestContext.authorizer`. */
export interface Authorized {
  jwt: { claims: Record<string, string>; scopes: null }
}

export interface JwtAuthorizer {
  /** The claims of a good token, or the answer to any other request. */
  authorize(
    request: HttpRequest,
  ): Promise<{ authorized: Authorized } | { refused: GatewayResponse }>
}

/** The only algorithms that API Gateway knows. */
const algorithms = ['RS256', 'RS384', 'RS512']
const requestMilliseconds = 5_000

const discoverySchema = z.object({ jwks_uri: z.string() })

/** Claims reach a function as text, lists in brackets. */
const claimTexts = (claims: JWTPayload): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      Array.isArray(value) ? `[${value.join(' ')}]` : String(value),
    ]),
  )

/** As API Gateway puts it, which says the same of an issuer that cannot be asked. */
const refusal = (error: unknown): string => {
  if (error instanceof errors.JWTExpired) return 'the token has expired'
  if (error instanceof errors.JWTClaimValidationFailed) {
    return error.claim === 'aud' ? 'the token does not have a valid audience' : error.message
  }
  return error instanceof errors.JOSEError
    ? 'signing method is invalid'
    : 'OIDC discovery endpoint communication error'
}

const unauthorized = (description?: string): GatewayResponse => {
  const answer = gatewayMessage(401, { message: 'Unauthorized' })
  const detail =
    description === undefined
      ? ''
      : ` scope="" error="invalid_token" error_description="${description.replaceAll('"', "'")}"`
  return { ...answer, headers: { ...answer.headers, 'www-authenticate': `Bearer${detail}` } }
}

/** An authorizer of an HTTP API: it asks the issuer for its keys, and remembers them. */
export const createJwtAuthorizer = ({
  JwtConfiguration: { Issuer: issuer, Audience: audience },
}: z.infer<typeof jwtAuthorizerSchema>): JwtAuthorizer => {
  let keys: ReturnType<typeof createRemoteJWKSet> | undefined
  const keysOfIssuer = async () => {
    if (keys) return keys
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
    const response = await fetch(address, { signal: AbortSignal.timeout(requestMilliseconds) })
    const { jwks_uri } = discoverySchema.parse(await response.json())
    keys = createRemoteJWKSet(new URL(jwks_uri), { timeoutDuration: requestMilliseconds })
    return keys
  }
  return {
    async authorize({ headers: { authorization } }) {
      if (!authorization) return { refused: unauthorized() }
      try {
        const token = authorization.replace(/^Bearer /i, '')
        const options = { issuer, audience, algorithms, requiredClaims: ['exp'] }
        const { payload } = await jwtVerify(token, await keysOfIssuer(), options)
        return { authorized: { jwt: { claims: claimTexts(payload), scopes: null } } }
      } catch (error) {
        return { refused: unauthorized(refusal(error)) }
      }
    },
  }
}
