import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import {
  admitAddress,
  answerTo,
  type Network,
  pinnedLookup,
  reasonOf,
} from '../pages/page-request.ts'
import { connectableAddress, type HostAddress } from '../pages/public-address.ts'
import { failed, RequestFailure } from '../pages/request-failure.ts'

/** Longest address, in characters. */
const maxAddress = 2_000

const userAgent = 'LaunchStudio/1.0 (webhooks)'

/**
 * The address that a webhook may be sent to, by the rules for pages: https, a public host, its usual port, no
 * credentials. Resolves the host.
 * @throws RequestFailure, or the signal's reason
 */
export const receiverAddress = async (
  url: URL,
  network: Network,
  signal: AbortSignal,
): Promise<HostAddress> => {
  admitAddress(url, maxAddress, network)
  return connectableAddress(url.hostname, network, signal)
}

/**
 * One POST to the address that was checked a moment before, whatever the name resolves to by then; without
 * redirects, and without reading more than the status line and headers.
 * @returns the status
 * @throws RequestFailure, or the signal's reason
 */
export const postWebhook = async (
  url: URL,
  { headers, body }: { headers: Record<string, string>; body: string },
  network: Network,
  signal: AbortSignal,
): Promise<number> => {
  const pinned = await receiverAddress(url, network, signal)
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  const sent = {
    ...headers,
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'user-agent': userAgent,
  }
  const options = {
    method: 'POST',
    // An agent would take a connection from its pool without a check.
    agent: false,
    headers: sent,
    lookup: pinnedLookup(pinned),
    signal,
  } as const
  try {
    const response = await answerTo(request(url, options).end(body))
    response.destroy()
    return response.statusCode ?? 0
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof RequestFailure ? error : failed(reasonOf(error), error)
  }
}
