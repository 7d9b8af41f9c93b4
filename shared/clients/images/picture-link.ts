import { setting } from '../../platform/environment.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { imageLimit } from '../../rules/model-limits.ts'
import { boundedBody } from '../bounded-body.ts'
import { requestPage } from '../pages/page-request.ts'
import { systemResolver } from '../pages/public-address.ts'
import { RequestFailure } from '../pages/request-failure.ts'
import { brokenAnswer } from './refused-picture.ts'

const limits = {
  maxBytes: imageLimit.answerBytes,
  maxAddress: imageLimit.maxAddress,
  accept: 'image/png,image/jpeg,image/webp,*/*;q=0.5',
}

const network = () => ({
  resolve: systemResolver,
  allowLoopback: setting(environmentNames.pagesAllowLoopback) === 'true',
})

interface Fetched {
  status: number
  location: URL | null
  body: Uint8Array
}

/** From the server that the owner has configured, at whatever address that is; its key is for its API alone. */
const fromOwnServer = async (url: URL, signal: AbortSignal): Promise<Fetched> => {
  const response = await fetch(url, { redirect: 'manual', signal })
  const location = response.headers.get('location')
  const body = response.status === 200 ? await boundedBody(response, limits.maxBytes) : undefined
  if (response.status === 200 && body === undefined)
    throw brokenAnswer('sent a picture without an end.')
  if (response.status !== 200) await response.body?.cancel()
  return {
    status: response.status,
    location: location === null ? null : URL.parse(location, url.href),
    body: body ?? new Uint8Array(),
  }
}

const fetchOnce = async (url: URL, ownOrigin: string, signal: AbortSignal): Promise<Fetched> => {
  if (url.origin === ownOrigin) return fromOwnServer(url, signal)
  try {
    return await requestPage(url, limits, network(), signal)
  } catch (error) {
    if (!(error instanceof RequestFailure)) throw error
    throw brokenAnswer(`named a picture at an address that was not read: ${error.reason}.`, error)
  }
}

/**
 * The bytes behind a link that the server answered with: at its own origin, or on the public internet and
 * nowhere else, redirects included. @throws StudioError UPSTREAM_ERROR; or the signal's reason
 */
export const linkedPicture = async (
  link: string,
  ownOrigin: string,
  signal: AbortSignal,
): Promise<Uint8Array> => {
  let url = URL.parse(link)
  for (let hop = 0; url !== null && hop <= imageLimit.maxRedirects; hop += 1) {
    const { status, location, body } = await fetchOnce(url, ownOrigin, signal)
    if (status === 200) return body
    if (location === null || status < 300 || status >= 400) {
      throw brokenAnswer(`named a picture whose link answers HTTP ${status}; it may have expired.`)
    }
    url = location
  }
  throw brokenAnswer(
    url === null ? 'named a picture by no address.' : 'named a picture behind too many redirects.',
  )
}
