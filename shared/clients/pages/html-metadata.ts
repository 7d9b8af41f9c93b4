import { publishedAt } from '../../rules/published-at.ts'
import type { MarkupDocument } from './markup.ts'
import { readableLine } from './readable-text.ts'

export interface HtmlMetadata {
  title: string | null
  site: string | null
  publishedAt: string | null
}

/** What search engines and link previews read of a page, in the order in which it can be trusted. */
const titleNames = ['og:title', 'twitter:title', 'dc.title']
const siteNames = ['og:site_name', 'application-name', 'apple-mobile-web-app-title']
const dateNames = [
  ...['article:published_time', 'og:article:published_time', 'datepublished', 'og:regdate'],
  ...['pubdate', 'publishdate', 'publish-date', 'parsely-pub-date', 'sailthru.date', 'date'],
  ...['dc.date.issued', 'dc.date', 'dcterms.issued', 'dcterms.created', 'article.published'],
]

const maxTitle = 300
const maxSite = 100
const maxMetas = 500
/** Of structured data: scripts, UTF-16 units of each, and objects that are looked at. */
const maxScripts = 10
const maxScript = 200_000
const maxObjects = 200

type Metas = ReadonlyMap<string, string>

const metasOf = (document: MarkupDocument): Metas => {
  const metas = new Map<string, string>()
  for (const meta of [...document.querySelectorAll('meta')].slice(0, maxMetas)) {
    const names = ['property', 'name', 'itemprop'].map((attribute) => meta.getAttribute(attribute))
    const content = meta.getAttribute('content')?.trim()
    for (const name of names) {
      const key = name?.trim().toLowerCase()
      if (key && content && !metas.has(key)) metas.set(key, content)
    }
  }
  return metas
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The objects of a page's JSON-LD, outer ones first. */
const structuredData = (document: MarkupDocument): Record<string, unknown>[] => {
  const waiting: unknown[] = [...document.querySelectorAll('script[type="application/ld+json"]')]
    .slice(0, maxScripts)
    .map((script) => script.textContent ?? '')
    .filter((text) => text.length <= maxScript)
    .map(parsedJson)
  const found: Record<string, unknown>[] = []
  for (let at = 0; at < waiting.length && at < maxObjects; at += 1) {
    const value = waiting[at]
    if (Array.isArray(value)) waiting.push(...value.slice(0, maxObjects))
    if (!isRecord(value)) continue
    found.push(value)
    if (Array.isArray(value['@graph'])) waiting.push(...value['@graph'].slice(0, maxObjects))
    if (isRecord(value.mainEntity)) waiting.push(value.mainEntity)
  }
  return found
}

const texts = (values: readonly unknown[]): string[] =>
  values.filter((value) => typeof value === 'string')

const firstLine = (values: readonly unknown[], maxLength: number): string | null =>
  texts(values).reduce<string | null>(
    (found, value) => found ?? readableLine(value, maxLength),
    null,
  )

const publisherName = ({ publisher }: Record<string, unknown>): unknown =>
  isRecord(publisher) ? publisher.name : undefined

/** @param now milliseconds since the epoch */
export const htmlMetadata = (document: MarkupDocument, now: number): HtmlMetadata => {
  const metas = metasOf(document)
  const data = structuredData(document)
  const named = (names: readonly string[]) => names.map((name) => metas.get(name))
  const marked = document.querySelector('[itemprop="datePublished"]')
  const dates = [
    ...named(dateNames),
    ...data.map(({ datePublished }) => datePublished),
    marked?.getAttribute('datetime') ?? marked?.textContent,
    document.querySelector('time[datetime]')?.getAttribute('datetime'),
  ]
  return {
    title: firstLine(
      [
        ...named(titleNames),
        document.querySelector('title')?.textContent,
        document.querySelector('h1')?.textContent,
        ...data.map(({ headline }) => headline),
      ],
      maxTitle,
    ),
    site: firstLine([...named(siteNames), ...data.map(publisherName)], maxSite),
    publishedAt: texts(dates).reduce<string | null>(
      (found, value) => found ?? publishedAt(value, now),
      null,
    ),
  }
}
