import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { StudioError } from '../contracts/errors.ts'
import { requestHeaders } from '../contracts/http/headers.ts'
import { bodyBytesLimit } from '../contracts/http/route.ts'
import { Locale } from '../contracts/session.ts'
import { pause } from './pause.ts'
import { defaultLocale, requestedLocale } from './requested-locale.ts'
import { log } from './telemetry.ts'

/** Milliseconds that a problem may wait to learn its language. */
const localeMs = 1000

/** The language of the session that a refused request wanted to create. */
const wantedLocale = ({
  body,
  isBase64Encoded,
}: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>): Locale | undefined => {
  if (body === undefined || body.length > 2 * bodyBytesLimit) return undefined
  try {
    const json = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body
    const { locale } = JSON.parse(json.replace(/^\ufeff/, '')) as { locale?: unknown }
    return Locale.safeParse(locale).data
  } catch {
    // Not JSON: the problem says so.
    return undefined
  }
}

/** What `find` comes to within a second; nothing when it fails, since that is no reason not to answer. */
const foundInTime = async (
  find: () => Promise<Locale | undefined>,
): Promise<Locale | undefined> => {
  const found = find().catch((error) => {
    log.debug('language of a problem not found', { error })
    return undefined
  })
  const patience = new AbortController()
  const late = pause(localeMs, patience.signal).then(() => undefined)
  const locale = await Promise.race([found, late])
  patience.abort()
  return locale
}

/**
 * The language of a problem: the one that the caller asks for, else that of the session or run which
 * the request is about (`find`) or wanted to create, else the default.
 */
export const problemLocale = async (
  request: Pick<APIGatewayProxyEventV2, 'headers' | 'body' | 'isBase64Encoded'>,
  failure: StudioError,
  find: () => Promise<Locale | undefined>,
): Promise<Locale> =>
  requestedLocale(request.headers[requestHeaders.acceptLanguage]) ??
  failure.locale ??
  (await foundInTime(find)) ??
  wantedLocale(request) ??
  defaultLocale
