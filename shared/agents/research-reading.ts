import type { PageReader, ReadPage } from '../clients/pages/page-reader.ts'
import { isLoopbackHost } from '../clients/pages/public-address.ts'
import { pause } from '../platform/pause.ts'
import { log } from '../platform/telemetry.ts'
import { mayBeOnePage } from '../rules/address-variants.ts'
import { addressesIn, normalizedUrl, readableAddresses } from '../rules/web-address.ts'

/** What a search said of one page. */
export interface Found {
  url: string
  title: string | null
  /** Empty when it said nothing. */
  snippet: string
  /** ISO 8601. */
  publishedAt: string | null
}

/** A page that a search returned, with everything that searches said of it. */
export interface Source {
  /** From 1, in the order in which pages were found. */
  number: number
  url: string
  title: string | null
  snippets: string[]
  publishedAt: string | null
  /** Null when it was not read, or could not be. */
  page: ReadPage | null
}

/** The pages of one run, read beside each other while searches go on. */
export interface Reading {
  /** Takes what a search said of a page, and begins to read it when fewer than `limit` pages were begun. */
  add(found: Found, limit: number): void
  /**
   * The source under an address, in whatever spelling, or under the one that it redirected to; otherwise
   * the only one that may be the same page by its address.
   */
  source(url: string): Source | undefined
  /** Resolves when every page is read, or after so many milliseconds; what is not read by then stays unread. */
  settle(milliseconds: number): Promise<void>
  /** In the order in which they were found. */
  sources(): Source[]
  /** Ends all reading. */
  close(): void
}

/** Different things that searches said of one page. */
const maxSnippets = 3

const merge = (source: Source, { title, snippet, publishedAt }: Found): void => {
  source.title ??= title
  source.publishedAt ??= publishedAt
  const isNew = snippet !== '' && !source.snippets.includes(snippet)
  if (isNew && source.snippets.length < maxSnippets) source.snippets.push(snippet)
}

/** Search engines list many pages under http that have long been served over https, as we read them. */
const secured = (address: string): string => {
  const url = URL.parse(address)
  if (url?.protocol !== 'http:' || isLoopbackHost(url.hostname)) return address
  url.protocol = 'https:'
  return url.href
}

const addressesOf = ({ url, page }: Source): string[] => (page === null ? [url] : [url, page.url])

/** @param found by the normal form of their address */
const sourceIn = (found: ReadonlyMap<string, Source>, url: string): Source | undefined => {
  // A model may also write a link of Markdown, or a note behind the address.
  const written = [...new Set([url, ...addressesIn(url)])]
  const sources = [...found.values()]
  for (const address of written) {
    const key = normalizedUrl(address)
    const redirected = ({ page }: Source) => page !== null && normalizedUrl(page.url) === key
    const source = key && (found.get(key) ?? sources.find(redirected))
    if (source) return source
  }
  const [variant, ...others] = sources.filter((source) =>
    addressesOf(source).some((known) => written.some((each) => mayBeOnePage(known, each))),
  )
  return others.length === 0 ? variant : undefined
}

/** The site has no page under this address: perhaps its last mark was the sentence's. */
const isMissing = (reason: string): boolean => /^http-4(?:00|04|10)$/.test(reason)

/** Reads pages for one run; an abort of `signal` ends all reading. */
export const openReading = (pages: PageReader, signal: AbortSignal): Reading => {
  const stop = new AbortController()
  const either = AbortSignal.any([stop.signal, signal])
  const found = new Map<string, Source>()
  const reads = new Map<string, Promise<void>>()

  const read = async (source: Source): Promise<void> => {
    for (const address of readableAddresses(source.url)) {
      const result = await pages.read(secured(address), either)
      if (either.aborted) return
      source.url = address
      if (result.status === 'read') {
        source.page = result.page
        return
      }
      log.info('page not read', { reason: result.reason })
      if (!isMissing(result.reason)) return
    }
  }
  return {
    add(entry, limit) {
      const key = normalizedUrl(entry.url)
      if (key === null) return
      const { title, publishedAt } = entry
      const [url] = readableAddresses(entry.url)
      if (url === undefined) return
      const number = found.size + 1
      const source = found.get(key) ?? { number, url, title, snippets: [], publishedAt, page: null }
      found.set(key, source)
      merge(source, entry)
      if (reads.has(key) || reads.size >= limit) return
      // It rejects only when nothing waits for the page any more.
      reads.set(
        key,
        read(source).catch(() => undefined),
      )
    },
    source: (url) => sourceIn(found, url),
    async settle(milliseconds) {
      const done = new AbortController()
      const end = AbortSignal.any([done.signal, signal])
      await Promise.race([Promise.all(reads.values()), pause(milliseconds, end)])
      done.abort()
      signal.throwIfAborted()
      stop.abort(new Error('The time for reading is over.'))
    },
    sources: () => [...found.values()],
    close: () => stop.abort(new Error('The research has ended.')),
  }
}
