import type { MarkupNode } from './markup.ts'

/** Their content is not shown, or is no text. */
const unseen = new Set([
  ...[
    'script',
    'style',
    'template',
    'noscript',
    'head',
    'svg',
    'math',
    'canvas',
    'iframe',
    'object',
  ],
  ...[
    'title',
    'embed',
    'audio',
    'video',
    'map',
    'select',
    'textarea',
    'button',
    'datalist',
    'noframes',
  ],
])
/** Around a page's own text. */
const surrounding = new Set(['nav', 'header', 'footer', 'aside', 'form', 'menu'])
const inline = new Set([
  ...[
    'a',
    'abbr',
    'b',
    'bdi',
    'bdo',
    'cite',
    'code',
    'data',
    'del',
    'dfn',
    'em',
    'font',
    'i',
    'ins',
  ],
  ...['kbd', 'label', 'mark', 'q', 'ruby', 's', 'samp', 'small', 'span', 'strike', 'strong', 'sub'],
  ...['sup', 'time', 'tt', 'u', 'var', 'wbr', 'rb', 'rt', 'rp', 'rtc', 'big', 'img'],
])
const cells = new Set(['td', 'th'])
const hidingStyle =
  /(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0+)?\s*(?:;|!|$)|font-size\s*:\s*0(?:\.0+)?\s*(?:px|em|rem|pt|%)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{3,}|clip\s*:\s*rect\(\s*0)/i

/** As far as its own attributes say; style sheets are not read. */
export const isHidden = (node: MarkupNode): boolean =>
  unseen.has(node.localName ?? '') ||
  typeof node.getAttribute?.('hidden') === 'string' ||
  node.getAttribute?.('aria-hidden') === 'true' ||
  (node.localName === 'dialog' && typeof node.getAttribute?.('open') !== 'string') ||
  hidingStyle.test(node.getAttribute?.('style')?.slice(0, 1_000) ?? '')

const separatorOf = (node: MarkupNode): string => {
  const name = node.localName ?? ''
  if (node.nodeType !== 1 || inline.has(name)) return ''
  return cells.has(name) ? ' ' : '\n'
}

/**
 * What a reader sees of an element's text, a line for each block. Walks without recursion, since markup
 * may be nested as deeply as it is long.
 * @param ownOnly leaves out navigation, header, footer and forms
 */
export const visibleText = (root: MarkupNode, ownOnly = false): string => {
  const pieces: string[] = []
  let node: MarkupNode | null = root
  while (node !== null) {
    const isSkipped =
      node.nodeType === 1 &&
      node !== root &&
      (isHidden(node) || (ownOnly && surrounding.has(node.localName ?? '')))
    if (node.nodeType === 3) pieces.push(node.data?.replace(/\s+/g, ' ') ?? '')
    pieces.push(separatorOf(node))
    if (!isSkipped && node.firstChild !== null) node = node.firstChild
    else node = nextIn(root, node, pieces)
  }
  return pieces.join('')
}

/** The node behind this one and behind all that ends with it. */
const nextIn = (root: MarkupNode, from: MarkupNode, pieces: string[]): MarkupNode | null => {
  for (let node: MarkupNode | null = from; node !== null && node !== root; node = node.parentNode) {
    if (node !== from) pieces.push(separatorOf(node))
    if (node.nextSibling !== null) return node.nextSibling
  }
  return null
}

/** Whether elements are nested more deeply than so many levels. */
export const isDeeperThan = (levels: number, root: MarkupNode): boolean => {
  let depth = 0
  let node: MarkupNode | null = root
  while (node !== null && depth <= levels) {
    if (node.firstChild !== null) {
      node = node.firstChild
      depth += 1
      continue
    }
    while (node !== root && node?.nextSibling === null) {
      node = node.parentNode
      depth -= 1
    }
    node = node === root || node === null ? null : node.nextSibling
  }
  return depth > levels
}
