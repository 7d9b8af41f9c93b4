import { parseHTML } from 'linkedom'

/** What is used of a DOM, whose types this project does not load. */
export interface MarkupNode {
  nodeType: number
  localName?: string
  data?: string
  parentNode: MarkupNode | null
  firstChild: MarkupNode | null
  nextSibling: MarkupNode | null
  getAttribute?(name: string): string | null
}

export interface MarkupElement extends MarkupNode {
  textContent: string | null
  getAttribute(name: string): string | null
  closest(selector: string): MarkupElement | null
  remove(): void
}

export interface MarkupDocument {
  body: MarkupElement | null
  documentElement: MarkupElement
  querySelector(selector: string): MarkupElement | null
  querySelectorAll(selector: string): Iterable<MarkupElement>
}

/** The parser adds no element that is left out, and everything here expects a body. */
export const markupDocument = (html: string): MarkupDocument => {
  const isWhole = /<html[\s>]/i.test(html)
  const { document } = parseHTML(isWhole ? html : `<html><body>${html}</body></html>`)
  return document as unknown as MarkupDocument
}
