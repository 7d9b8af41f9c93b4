import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { StudioError } from '../contracts/errors.ts'
import { consoleHeader } from '../contracts/http/headers.ts'

/**
 * The principal's token in a cookie, for pages of this origin: no script reads it, and no other site can
 * have it sent. A request counts with its cookie only when it has the header that pages of other origins
 * cannot send (it is in no preflight answer), so that a forged form or picture is anonymous.
 */

/** Seconds: browsers keep no cookie for longer than 400 days; the token itself expires sooner. */
const cookieLife = 180 * 86_400

/** The prefix makes browsers insist on `Secure`, `Path=/` and this very host. */
const name = '__Host-launch-studio'

/** Whether the request is of the console: then its token goes into the cookie, and not into the answer. */
export const isOfConsole = (headers: Record<string, string | undefined>): boolean =>
  headers[consoleHeader.name] === consoleHeader.value

const cookieValue = (cookies: string[] | undefined): string | undefined => {
  const start = `${name}=`
  return cookies?.find((cookie) => cookie.startsWith(start))?.slice(start.length) || undefined
}

/**
 * The Authorization header of a request, or what its cookie makes of it.
 * @throws StudioError FORBIDDEN for a request of the console that another site made
 */
export const authorizationOf = ({
  headers,
  cookies,
}: Pick<APIGatewayProxyEventV2, 'headers' | 'cookies'>): string | undefined => {
  if (headers.authorization !== undefined || !isOfConsole(headers)) return headers.authorization
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') {
    throw new StudioError('FORBIDDEN', 'The cookie counts for pages of this origin only.')
  }
  const token = cookieValue(cookies)
  return token === undefined ? undefined : `Bearer ${token}`
}

const cookieOf = (value: string, maxAge: number): string =>
  `${name}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; Secure; SameSite=Strict`

export const tokenCookie = (token: string): string => cookieOf(token, cookieLife)

/** Makes the browser forget it. */
export const noTokenCookie = (): string => cookieOf('', 0)
