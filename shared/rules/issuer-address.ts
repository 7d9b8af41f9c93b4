const loopback = new Set(['127.0.0.1', '[::1]', 'localhost'])

/**
 * Whether keys may be fetched from this address: over TLS, or from this machine, where a test or a
 * developer runs an issuer.
 */
const mayBeAsked = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))

/** What is wrong with the address of an issuer or of its keys; null when nothing is. */
export const issuerAddressProblem = (address: string): string | null => {
  if (!URL.canParse(address)) return 'is no address'
  const url = new URL(address)
  if (!mayBeAsked(url)) return 'must begin with https://'
  if (url.username || url.password) return 'must hold neither a user nor a password'
  return url.search || url.hash ? 'must have neither a query nor a fragment' : null
}

/** The audiences in a comma-separated list. */
export const audiencesIn = (list: string): string[] =>
  list
    .split(',')
    .map((audience) => audience.trim())
    .filter((audience) => audience !== '')

/** Where an issuer describes itself (OpenID Connect Discovery 1.0, section 4). */
export const discoveryAddress = (issuer: string): string =>
  `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`

/**
 * The algorithms of signatures that are accepted, which are those of an HTTP API's JWT authorizer. All are
 * asymmetric: a public key can never be taken for a shared secret.
 */
export const issuerAlgorithms = ['RS256', 'RS384', 'RS512'] as const
