import { createHash } from 'node:crypto'
import { type Clock, isoTime } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import { tracedCall } from '../../platform/tracing.ts'
import { pageLimit } from '../../rules/model-limits.ts'
import type { Extraction } from './extraction.ts'
import { admitAddress, type Network, type PageResponse, requestPage } from './page-request.ts'
import { type PageSource, pageSource } from './page-text.ts'
import { type Resolver, systemResolver } from './public-address.ts'
import { readableText } from './readable-text.ts'
import { failed, RequestFailure, type RequestFailureReason, refused } from './request-failure.ts'
import { createRequestSlots } from './request-slots.ts'
import { createRobots } from './robots.ts'

export interface ReadPage {
  /** After all redirects. */
  url: string
  requestedUrl: string
  title: string | null
  /** The site's name as the page gives it. */
  site: string | null
  /** A date, or a time in UTC when the page names one with its zone; ISO 8601. */
  publishedAt: string | null
  /** When we read it; ISO 8601. */
  observedAt: string
  /** What a reader sees, in NFC, a line per paragraph, at most `pageLimit.maxText` UTF-16 units. */
  text: string
  /** SHA-256 of the text in UTF-8, in hexadecimal. */
  hash: string
}

/** `refused` is what we do not read by rule, `failed` what could not be read; the reason is a `RequestFailureReason`. */
export type PageResult =
  | { status: 'read'; page: ReadPage }
  | { status: 'refused' | 'failed'; url: string; reason: RequestFailureReason }

export interface PageReader {
  /** Reads a public page of text. Rejects with the signal's reason only; everything else is a result. */
  read(url: string, signal: AbortSignal): Promise<PageResult>
}

export interface PageReaderOptions {
  clock: Clock
  /** Also reaches this machine by its own names, over http and any port: for tests. */
  allowLoopback?: boolean
  resolve?: Resolver
  /** Milliseconds for one page; `pageLimit.deadlineMs` when not given. */
  deadlineMs?: number
}

type Content = Pick<ReadPage, 'title' | 'site' | 'publishedAt' | 'text'> & {
  refresh: string | null
  frame: string | null
}
interface Reached {
  url: URL
  content: Content
}

/** What one reading needs: the caller's signal, and the same with the page's own deadline. */
interface Reading {
  signal: AbortSignal
  within: AbortSignal
  /** The deadline begins with the first request, not in the queue for it. */
  begin(): void
}

const plainContent = (text: string): Content => ({
  title: null,
  site: null,
  publishedAt: null,
  text: readableText(text, pageLimit.maxText),
  refresh: null,
  frame: null,
})

const addressOf = (address: string, base?: URL): URL => {
  const url = URL.parse(address, base?.href)
  if (url === null) throw refused('bad-address')
  url.hash = ''
  return url
}

const createFetcher = ({
  clock,
  allowLoopback = false,
  resolve = systemResolver,
}: PageReaderOptions) => {
  const network: Network = { resolve, allowLoopback }
  const slots = createRequestSlots(pageLimit)
  const robots = createRobots(network, clock)
  return (url: URL, { within, begin }: Reading): Promise<PageResponse> => {
    admitAddress(url, pageLimit.maxAddress, network)
    return slots.within(url.host, within, async () => {
      begin()
      await robots.admit(url, within)
      return requestPage(url, pageLimit, network, within)
    })
  }
}

const createContentReader = ({ clock }: PageReaderOptions) => {
  let extraction: Promise<Extraction> | undefined
  // A parser, and the search for an article: large, and for stages that read pages only.
  const extractor = (): Promise<Extraction> => {
    extraction ??= import('./extraction.ts').then(({ createExtraction }) =>
      createExtraction(pageLimit.extractionMs),
    )
    return extraction
  }
  return async ({ isHtml, text }: PageSource, url: URL, signal: AbortSignal): Promise<Content> => {
    if (!isHtml) return plainContent(text)
    const page = { html: text, url: url.href, maxText: pageLimit.maxText, now: clock.now() }
    const content = await (await extractor()).read(page, signal)
    if (content === undefined) throw failed('too-complex')
    return content
  }
}

const createFollower = (options: PageReaderOptions) => {
  const request = createFetcher(options)
  const contentOf = createContentReader(options)

  /** Where a page with a text of its own refreshes to; the page itself when that cannot be read. */
  const refreshed = async (page: Reached, target: URL, reading: Reading, left: number) => {
    try {
      return await follow(target, reading, left)
    } catch (error) {
      if (!(error instanceof RequestFailure) || page.content.text.length < pageLimit.shellText)
        throw error
      return page
    }
  }

  /** The frame's page, when it has more to say than the shell around it. */
  const withFrame = async (shell: Reached, frame: URL, reading: Reading, left: number) => {
    try {
      const inner = await follow(frame, reading, left)
      if (inner.content.text.length <= shell.content.text.length) return shell
      const title = shell.content.title ?? inner.content.title
      return { ...inner, content: { ...inner.content, title } }
    } catch (error) {
      if (!(error instanceof RequestFailure) || shell.content.text === '') throw error
      return shell
    }
  }

  const follow = async (url: URL, reading: Reading, left: number): Promise<Reached> => {
    if (left < 0) throw refused('too-many-redirects')
    const { status, location, body, contentType } = await request(url, reading)
    if (location !== null) return follow(addressOf(location.href), reading, left - 1)
    if (status !== 200) throw failed(`http-${status}`)
    const content = await contentOf(pageSource(body, contentType), url, reading.signal)
    const refresh = content.refresh === null ? url : addressOf(content.refresh)
    const reached = { url, content }
    if (refresh.href !== url.href) return refreshed(reached, refresh, reading, left - 1)
    if (content.frame === null || left === 0) return reached
    return withFrame(reached, addressOf(content.frame), reading, left - 1)
  }
  return follow
}

/**
 * Reads pages of the public internet as evidence: HTML and plain text over https, whose site's
 * robots.txt lets us, in the limits of `pageLimit`. Names are resolved once and checked before each
 * connection, redirects like the first address. Frames and instant refreshes count as redirects.
 */
export const createPageReader = (options: PageReaderOptions): PageReader => {
  const { clock, deadlineMs = pageLimit.deadlineMs } = options
  const follow = createFollower(options)

  const reach = async (address: string, signal: AbortSignal): Promise<Reached> => {
    const overtime = new AbortController()
    let timer: NodeJS.Timeout | undefined
    const reading: Reading = {
      signal,
      within: AbortSignal.any([signal, overtime.signal]),
      begin() {
        timer ??= setTimeout(() => overtime.abort(failed('too-slow')), deadlineMs)
      },
    }
    try {
      const reached = await follow(addressOf(address), reading, pageLimit.maxRedirects)
      if (reached.content.text === '') throw failed('no-text')
      return reached
    } finally {
      clearTimeout(timer)
    }
  }

  const read: PageReader['read'] = async (address, signal) => {
    try {
      const { url, content } = await reach(address, signal)
      const { title, site, publishedAt, text } = content
      const hash = createHash('sha256').update(text).digest('hex')
      const observedAt = isoTime(clock.now())
      const page = {
        url: url.href,
        requestedUrl: address,
        title,
        site,
        publishedAt,
        observedAt,
        text,
        hash,
      }
      return { status: 'read', page }
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof RequestFailure) {
        return { status: error.status, url: address, reason: error.reason }
      }
      log.error('A page could not be read', { error })
      return { status: 'failed', url: address, reason: 'unexpected' }
    }
  }
  return {
    read: (address, signal) =>
      tracedCall('page read', {}, async (span) => {
        const result = await read(address, signal)
        span.note({ status: result.status })
        return result
      }),
  }
}
