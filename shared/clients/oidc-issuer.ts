import { createHash } from 'node:crypto'
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose'
import * as z from 'zod'
import { StudioError } from '../contracts/errors.ts'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { log } from '../platform/telemetry.ts'
import {
  audiencesIn,
  discoveryAddress,
  issuerAddressProblem,
  issuerAlgorithms,
} from '../rules/issuer-address.ts'
import { boundedBody } from './bounded-body.ts'

const limits = {
  /** Milliseconds of one request to the issuer. */
  requestMs: 3_000,
  /** Bytes of its description and of its keys. */
  bytes: 256 * 1024,
  /** Milliseconds for which keys are believed without asking again. */
  cacheMs: 10 * 60_000,
  /** Milliseconds between two requests for a key that is unknown: tokens are made up at no cost. */
  cooldownMs: 30_000,
  /** Seconds by which the issuer's clock and ours may differ. */
  skew: 10,
  /** Characters of a subject (OpenID Connect Core 1.0, section 2). */
  subject: 255,
} as const

const Description = z.object({ issuer: z.string(), jwks_uri: z.string() })

type KeySource = ReturnType<typeof createRemoteJWKSet>

/** The issuer did not answer as it should: the token cannot be judged, and its holder is not at fault. */
const unavailable = (cause: unknown): StudioError =>
  new StudioError(
    'IDENTITY_UNAVAILABLE',
    'The identity provider could not be asked for its keys.',
    {
      cause,
      retryAfter: 5,
    },
  )

/** What the issuer says at an address, as text of bounded length. */
const ask = async (address: string, signal: AbortSignal): Promise<string> => {
  const response = await fetch(address, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal,
  })
  if (response.status !== 200) {
    await response.body?.cancel()
    throw new Error(`${address} was answered with ${response.status}.`)
  }
  const body = await boundedBody(response, limits.bytes)
  if (!body) throw new Error(`${address} was answered with more than ${limits.bytes} bytes.`)
  return Buffer.from(body).toString()
}

/** Finds where the issuer's keys are, in its own description. */
const discover = async (issuer: string): Promise<KeySource> => {
  const signal = AbortSignal.timeout(limits.requestMs)
  const found = Description.parse(JSON.parse(await ask(discoveryAddress(issuer), signal)))
  if (found.issuer !== issuer) throw new Error('The issuer describes another issuer.')
  const problem = issuerAddressProblem(found.jwks_uri)
  if (problem !== null) throw new Error(`The address of the issuer's keys ${problem}.`)
  return createRemoteJWKSet(new URL(found.jwks_uri), {
    timeoutDuration: limits.requestMs,
    cooldownDuration: limits.cooldownMs,
    cacheMaxAge: limits.cacheMs,
    [customFetch]: async (address, { signal: within }) => {
      try {
        const text = await ask(address, within)
        JSON.parse(text)
        return new Response(text)
      } catch (cause) {
        log.warn('keys of the issuer not read', { error: cause as Error })
        throw unavailable(cause)
      }
    },
  })
}

const sources = new Map<string, Promise<KeySource>>()

/** The issuer's keys, described once per process; a failure is not kept. */
const keysOf = async (issuer: string): Promise<KeySource> => {
  const source = sources.get(issuer) ?? discover(issuer)
  sources.set(issuer, source)
  try {
    return await source
  } catch (cause) {
    sources.delete(issuer)
    log.warn('issuer not described', { error: cause as Error })
    throw unavailable(cause)
  }
}

const subjectOf = async (token: string, issuer: string): Promise<string | undefined> => {
  const { payload } = await jwtVerify(token, await keysOf(issuer), {
    issuer,
    audience: audiencesIn(requiredSetting(environmentNames.oidcAudience)),
    algorithms: [...issuerAlgorithms],
    clockTolerance: limits.skew,
    requiredClaims: ['exp', 'sub'],
  })
  return payload.sub
}

/** What came in place of keys is not the token's fault. */
const isOfIssuer = (error: unknown): boolean =>
  error instanceof errors.JWKSInvalid || error instanceof errors.JWKSTimeout

/** A principal that is always the same for a person at an issuer, and tells neither. */
const principalOf = (issuer: string, subject: string): string => {
  const digest = createHash('sha256').update(JSON.stringify([issuer, subject]))
  return `oidc_${digest.digest('hex').slice(0, 40)}`
}

/**
 * The principal of a token of the deployment's issuer, whose signature, issuer, audience and times are
 * checked.
 * @throws StudioError UNAUTHORIZED for a token that is not good; IDENTITY_UNAVAILABLE when the issuer's keys
 * cannot be had
 */
export const identifyAtIssuer = async (token: string): Promise<string> => {
  const issuer = requiredSetting(environmentNames.oidcIssuer)
  try {
    const subject = await subjectOf(token, issuer)
    if (subject && subject.length <= limits.subject) return principalOf(issuer, subject)
  } catch (cause) {
    if (cause instanceof StudioError) throw cause
    if (isOfIssuer(cause)) throw unavailable(cause)
    throw new StudioError('UNAUTHORIZED', 'The token is not valid or has expired.', { cause })
  }
  throw new StudioError('UNAUTHORIZED', 'The token has no subject.')
}
