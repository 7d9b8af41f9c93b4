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
  documentElement: MarkupElement
  querySelector(selector: string): MarkupElement | null
  querySelectorAll(selector: string): Iterable<MarkupElement>
}

/** The parser adds no element that is left out, and the search for an article expects a body. */
export const markupDocument = (html: string): MarkupDocument => {
  const whole = /<body[\s>]/i.test(html) ? html : `<body>${html}</body>`
  const { document } = parseHTML(
    /^[^<]*(?:<[!?][^<]*)*<html[\s>]/i.test(whole) ? whole : `<html>${whole}</html>`,
  )
  return document as unknown as MarkupDocument
}
