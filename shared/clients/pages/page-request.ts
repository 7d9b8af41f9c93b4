import { type ClientRequest, type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { Readable, Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import { connectionCode } from '../failure-codes.ts'
import {
  connectableAddress,
  type HostAddress,
  isLoopbackHost,
  type Resolver,
} from './public-address.ts'
import { failed, RequestFailure, type RequestFailureReason, refused } from './request-failure.ts'

export interface Network {
  resolve: Resolver
  /** Also reaches this machine, over http and any port: for tests. */
  allowLoopback: boolean
}

export interface PageResponse {
  status: number
  /** Where a redirect leads; null when this is none. */
  location: URL | null
  contentType: string
  /** Decompressed; empty for a redirect and for statuses other than 200. */
  body: Buffer
}

export interface RequestLimit {
  maxBytes: number
  maxAddress: number
  /** Whether what is longer is cut instead of refused. */
  cutsBody?: boolean
  /** What is asked for, other than a page. */
  accept?: string
}

/** Says who reads, so that a site can name us in its robots.txt. */
export const userAgent = { token: 'LaunchStudio', header: 'LaunchStudio/1.0 (page reader)' }

const requestHeaders = {
  'user-agent': userAgent.header,
  accept: 'text/html,application/xhtml+xml,text/plain;q=0.9',
  'accept-language': 'ko,en;q=0.8',
  'accept-encoding': 'gzip, br',
}

/** @throws RequestFailure for what no request may be sent to, whatever its name resolves to */
export const admitAddress = (url: URL, maxLength: number, { allowLoopback }: Network): void => {
  const isLocal = allowLoopback && isLoopbackHost(url.hostname)
  if (url.href.length > maxLength) throw refused('bad-address')
  if (url.protocol !== 'https:' && !(isLocal && url.protocol === 'http:'))
    throw refused('not-https')
  if (url.username !== '' || url.password !== '') throw refused('credentials')
  if (url.port !== '' && !isLocal) throw refused('port')
}

const redirects = new Set([301, 302, 303, 307, 308])

/** Headers come as Latin-1; sites send UTF-8 in them. */
const locationOf = (
  { statusCode = 0, headers: { location } }: IncomingMessage,
  base: URL,
): URL | null => {
  if (!redirects.has(statusCode) || location === undefined) return null
  const url = URL.parse(Buffer.from(location, 'latin1').toString(), base.href)
  if (url === null) throw failed('bad-response')
  return url
}

const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
])
/** Charsets and other words that servers put there name no compression. */
const uncompressed = /^(?:identity|none|utf-?8|euc-kr|ks_c_5601-1987|binary|8bit|chunked)?$/

const decompressed = (response: IncomingMessage): Readable => {
  const encodings = (response.headers['content-encoding'] ?? '').toLowerCase().split(',')
  const [encoding, other] = encodings
    .map((each) => each.trim())
    .filter((each) => !uncompressed.test(each))
  if (encoding === undefined) return response
  const decoder = other === undefined ? decoders.get(encoding)?.() : undefined
  if (decoder === undefined) throw failed('bad-encoding')
  response.on('error', (error) => decoder.destroy(error))
  return response.pipe(decoder)
}

/** Counts what comes out of the decompression: a small body may hold any number of bytes. */
const bodyOf = async (
  response: IncomingMessage,
  { maxBytes, cutsBody = false }: RequestLimit,
): Promise<Buffer> => {
  const announced = Number(response.headers['content-length'])
  if (announced > maxBytes && !cutsBody) throw refused('too-large')
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of decompressed(response)) {
    bytes += chunk.length
    chunks.push(chunk)
    if (bytes <= maxBytes) continue
    if (cutsBody) return Buffer.concat(chunks, maxBytes)
    throw refused('too-large')
  }
  if (!response.complete) throw failed('broken-connection')
  return Buffer.concat(chunks)
}

export const reasonOf = (error: unknown): RequestFailureReason => {
  const code = connectionCode(error) ?? ''
  if (code.startsWith('Z_') || code.startsWith('ERR_BROTLI') || code.startsWith('ERR__ERROR'))
    return 'bad-encoding'
  if (code.startsWith('HPE_')) return 'bad-response'
  if (/CERT|ERR_TLS|ERR_SSL|SELF_SIGNED|UNABLE_TO|EPROTO/.test(code)) return 'bad-certificate'
  return ['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'].includes(code)
    ? 'broken-connection'
    : 'unreachable'
}

/** Sends the connection where the check has looked, whatever the name resolves to by now. */
export const pinnedLookup =
  (pinned: HostAddress): LookupFunction =>
  (_, options, done) =>
    options.all ? done(null, [pinned]) : done(null, pinned.address, pinned.family)

/**
 * Status line and headers of the answer. One that changes the protocol (101) is none: without a listener, Node
 * would close the connection without an error.
 */
export const answerTo = (request: ClientRequest): Promise<IncomingMessage> => {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  request
    .on('response', resolve)
    .on('error', reject)
    .on('upgrade', (_, socket) => {
      socket.destroy()
      reject(failed('bad-response'))
    })
    // After everything else: what has settled is not changed.
    .on('close', () => reject(failed('broken-connection')))
  return promise
}

const respond = (
  url: URL,
  pinned: HostAddress,
  accept: string | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> => {
  const headers = accept === undefined ? requestHeaders : { ...requestHeaders, accept }
  const request = url.protocol === 'https:' ? requestHttps : requestHttp
  // An agent would keep the connection for others, and take it from a pool without a check.
  return answerTo(
    request(url, { agent: false, headers, lookup: pinnedLookup(pinned), signal }).end(),
  )
}

/**
 * One GET, without redirects, cookies or a connection that is used again.
 * @throws RequestFailure, or the signal's reason
 */
export const requestPage = async (
  url: URL,
  limit: RequestLimit,
  network: Network,
  signal: AbortSignal,
): Promise<PageResponse> => {
  admitAddress(url, limit.maxAddress, network)
  const pinned = await connectableAddress(url.hostname, network, signal)
  let response: IncomingMessage | undefined
  try {
    response = await respond(url, pinned, limit.accept, signal)
    const { statusCode: status = 0, headers } = response
    const location = locationOf(response, url)
    const body = status === 200 ? await bodyOf(response, limit) : Buffer.alloc(0)
    return { status, location, contentType: headers['content-type'] ?? '', body }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof RequestFailure ? error : failed(reasonOf(error), error)
  } finally {
    response?.destroy()
  }
}
