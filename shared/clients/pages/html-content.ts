import { Readability } from '@mozilla/readability'
import { pageLimit } from '../../rules/model-limits.ts'
import { type HtmlMetadata, htmlMetadata } from './html-metadata.ts'
import { type MarkupDocument, type MarkupNode, markupDocument } from './markup.ts'
import { readableText } from './readable-text.ts'
import { isDeeperThan, isHidden, visibleText } from './visible-text.ts'

export interface HtmlContent extends HtmlMetadata {
  text: string
  /** Where the page sends its readers at once, and the frame that its text may be in: absolute. */
  refresh: string | null
  frame: string | null
}

export interface HtmlPage {
  html: string
  /** The page's address, which links in it are relative to. */
  url: string
  maxText: number
  /** Milliseconds since the epoch. */
  now: number
}

/**
 * Beyond these the article is not looked for, which takes time that grows with the cube of the depth;
 * all visible text is the page's text.
 */
const maxElements = 20_000
const maxDepth = 100
/** Seconds; a page that refreshes later is meant to be read first. */
const maxRefreshDelay = 10

const targetOf = (
  address: string | null | undefined,
  document: MarkupDocument,
  url: string,
): string | null => {
  const base = URL.parse(
    document.querySelector('base[href]')?.getAttribute('href') ?? '',
    url,
  )?.href
  return address ? (URL.parse(address.trim(), base ?? url)?.href ?? null) : null
}

const refreshOf = (document: MarkupDocument, url: string): string | null => {
  const content = [...document.querySelectorAll('meta[http-equiv]')]
    .filter((meta) => meta.getAttribute('http-equiv')?.trim().toLowerCase() === 'refresh')
    .find((meta) => meta.closest('noscript') === null)
    ?.getAttribute('content')
  const [, delay, address] =
    /^\s*(\d{1,4})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?["']?([^"']+)/i.exec(
      content?.slice(0, 4_000) ?? '',
    ) ?? []
  return Number(delay) <= maxRefreshDelay ? targetOf(address, document, url) : null
}

const frameOf = (document: MarkupDocument, url: string): string | null => {
  const host = URL.parse(url)?.hostname
  const targets = [...document.querySelectorAll('iframe[src], frame[src]')]
    .slice(0, 50)
    .map((frame) => targetOf(frame.getAttribute('src'), document, url))
  return targets.find((target) => target !== null && URL.parse(target)?.hostname === host) ?? null
}

const articleOf = (document: MarkupDocument): string => {
  if (isDeeperThan(maxDepth, document.documentElement)) return ''
  try {
    const reader = new Readability(document as never, {
      serializer: (element) => element as unknown as MarkupNode,
      charThreshold: pageLimit.shellText,
      maxElemsToParse: maxElements,
      disableJSONLD: true,
    })
    const article = reader.parse()
    return article?.content ? visibleText(article.content) : ''
  } catch {
    // Too many elements, or markup that it stumbles over: the visible text remains.
    return ''
  }
}

/**
 * What a page says to its reader: the article when there is one that makes up half of the page's own
 * text, otherwise all that is visible outside of navigation, otherwise all that is visible. Runs as
 * long as the markup makes it run: see `extraction.ts`.
 * @param onDraft gets what is known before the search for the article, which takes longest
 */
export const htmlContent = (
  { html, url, maxText, now }: HtmlPage,
  onDraft: (draft: HtmlContent) => void = () => {},
): HtmlContent => {
  const document = markupDocument(html)
  // The body may be a second one that the parser made up.
  const root = document.documentElement
  const metadata = htmlMetadata(document, now)
  const refresh = refreshOf(document, url)
  const frame = frameOf(document, url)
  for (const element of document.querySelectorAll('[style], [hidden], [aria-hidden], dialog')) {
    if (isHidden(element) && element !== root) element.remove()
  }
  const read = (text: string): string => readableText(text, maxText)
  const contentOf = (text: string): HtmlContent => ({
    ...metadata,
    text,
    refresh,
    frame: text.length < pageLimit.shellText ? frame : null,
  })
  const visible = read(visibleText(root, true)) || read(visibleText(root))
  const draft = contentOf(visible)
  onDraft(draft)
  // It takes the document apart.
  const article = read(articleOf(document))
  return article.length > 0 && article.length * 2 >= visible.length ? contentOf(article) : draft
}
