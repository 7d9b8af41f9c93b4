import { type JWTPayload, SignJWT } from 'jose'

/** Any claims under any secret, as an attacker can make them. */
export const signedWith = (secret: string, claims: JWTPayload, header: object = {}) =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', ...header })
    .sign(new TextEncoder().encode(secret))

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** The same claims under no signature at all. */
export const unsigned = (claims: JWTPayload, alg = 'none'): string =>
  `${encoded({ alg, typ: 'JWT' })}.${encoded(claims)}.`

/** The token with other claims under the same signature. */
export const tampered = (token: string, changes: JWTPayload): string => {
  const [header, claims = '', signature] = token.split('.')
  const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), ...changes }
  return [header, encoded(changed), signature].join('.')
}

/** What a token says, unchecked. */
export const claimsOf = (token: string): JWTPayload =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
