import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from 'jose'

interface IssuerKey {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
  jwk: JWK
}

export interface TokenClaims {
  sub?: string
  iss?: string
  aud?: string | string[]
  /** Seconds from now. */
  expiresIn?: number | null
  notBefore?: number
}

/** An OpenID Connect issuer as far as tokens go: its description, its keys, what it signs. */
export interface Issuer {
  url: string
  audience: string
  /** A good token, but for what is given. */
  token(claims?: TokenClaims): Promise<string>
  /** The public key that signs, as text: what a naive verifier takes for a shared secret. */
  publicKeyText(): Promise<string>
  kid(): string
  /** Signs with a new key from now on; the keys before are gone unless they are kept. */
  rotate(options?: { keep: boolean }): Promise<void>
  /** How it answers requests for its keys. */
  keysAre(state: 'there' | 'failing' | 'hanging' | 'no keys' | 'endless'): void
  /** Requests for its keys so far. */
  asked(): number
  stop(): Promise<void>
}

const newKey = async (number: number): Promise<IssuerKey> => {
  const kid = `key-${number}`
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  return {
    kid,
    privateKey,
    publicKey,
    jwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' },
  }
}

const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1000) + seconds

const sign = ({ privateKey, kid }: IssuerKey, issuer: string, claims: TokenClaims) => {
  const { sub = 'person-1', iss = issuer, aud = 'studio', expiresIn = 300, notBefore } = claims
  const token = new SignJWT({ email: 'person@team.example' })
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuer(iss)
    .setAudience(aud)
    .setIssuedAt()
  if (sub !== '') token.setSubject(sub)
  if (expiresIn !== null) token.setExpirationTime(inSeconds(expiresIn))
  if (notBefore !== undefined) token.setNotBefore(inSeconds(notBefore))
  return token.sign(privateKey)
}

const json = (answer: ServerResponse, content: unknown): void => {
  answer.writeHead(200, { 'content-type': 'application/json' })
  answer.end(JSON.stringify(content))
}

export const startIssuer = async (): Promise<Issuer> => {
  let keys = [await newKey(1)]
  let made = 1
  let state: Parameters<Issuer['keysAre']>[0] = 'there'
  let asked = 0
  let url = ''
  const serveKeys = (answer: ServerResponse): void => {
    asked += 1
    if (state === 'hanging') return
    if (state === 'failing') answer.writeHead(503).end()
    else if (state === 'no keys') json(answer, { error: 'maintenance' })
    else if (state === 'endless') json(answer, { keys: [], padding: 'x'.repeat(2 ** 20) })
    else json(answer, { keys: keys.map(({ jwk }) => jwk) })
  }
  const server = createServer((request, answer) => {
    if (request.url === '/keys') serveKeys(answer)
    else if (request.url === '/.well-known/openid-configuration') {
      json(answer, { issuer: url, jwks_uri: `${url}/keys` })
    } else answer.writeHead(404).end()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const current = (): IssuerKey => {
    const [key] = keys
    if (!key) throw new Error('The issuer has no key.')
    return key
  }
  return {
    url,
    audience: 'studio',
    token: (claims = {}) => sign(current(), url, claims),
    publicKeyText: () => exportSPKI(current().publicKey),
    kid: () => current().kid,
    async rotate({ keep } = { keep: false }) {
      made += 1
      keys = [await newKey(made), ...(keep ? keys : [])]
    },
    keysAre(next) {
      state = next
    },
    asked: () => asked,
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
