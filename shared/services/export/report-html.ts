import type { CitedText, Report, ReportBlock, ReportSource } from './report.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** Only pages of the web are linked: an address is data of a search or a model. */
const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url)

const addressOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/')

const item = ({ text, sources }: CitedText): string => {
  const marks = sources.map((number) => `<a href="#source-${number}">[${number}]</a>`)
  return `<li>${[escaped(text), ...marks].join(' ')}</li>`
}

const sourceItem = ({ number, title, site, url, quote, verified }: ReportSource): string => {
  const name = isWebAddress(url)
    ? `<a href="${escaped(url)}" rel="noopener noreferrer nofollow">${escaped(title)}</a>`
    : escaped(title)
  return `<li id="source-${number}">${name}, ${escaped(site)}<blockquote>${escaped(quote)}</blockquote><small>${escaped(verified)}</small></li>`
}

const row = (cells: readonly string[], tag: 'td' | 'th'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`

const htmlOf = (block: ReportBlock): string => {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`
    case 'items':
      return `<ul>${block.items.map(item).join('')}</ul>`
    case 'table': {
      const head = block.head.length > 0 ? `<thead>${row(block.head, 'th')}</thead>` : ''
      return `<table>${head}<tbody>${block.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table>`
    }
    case 'picture':
      return `<figure><img src="${addressOf(block.path)}" alt="${escaped(block.text)}"><figcaption>${escaped(block.text)}</figcaption></figure>`
    case 'sources':
      return `<ol>${block.sources.map(sourceItem).join('')}</ol>`
  }
}

const style =
  'body{font:16px/1.6 Pretendard,"Apple SD Gothic Neo","Malgun Gothic",sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem;word-break:keep-all;overflow-wrap:anywhere}p,li,td,h3{white-space:pre-wrap}table{border-collapse:collapse;width:100%}td,th{border:1px solid #ccc;padding:.4rem;text-align:left;vertical-align:top}img{max-width:100%;max-height:40rem}blockquote{margin:.3rem 0;color:#444}'

/** A page without scripts that needs nothing but the pictures beside it in the archive. */
export const reportHtml = ({ locale, title, made, blocks }: Report): string =>
  [
    '<!doctype html>',
    `<html lang="${locale.slice(0, 2)}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title><style>${style}</style></head><body>`,
    `<h1>${escaped(title)}</h1><p>${escaped(made)}</p>`,
    ...blocks.map(htmlOf),
    '</body></html>',
    '',
  ].join('\n')
