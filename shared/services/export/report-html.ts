import type { Report } from './report.ts'
import type {
  CitedText,
  ReportBlock,
  ReportCell,
  ReportPicture,
  ReportSource,
} from './report-blocks.ts'

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
  const linked = (text: string): string =>
    isWebAddress(url)
      ? `<a href="${escaped(url)}" rel="noopener noreferrer nofollow">${escaped(text)}</a>`
      : escaped(text)
  return `<li id="source-${number}">${linked(title)}, ${escaped(site)}<blockquote>${escaped(quote)}</blockquote><small>${escaped(verified)} · ${linked(url)}</small></li>`
}

const cellOf = (cell: ReportCell): string =>
  typeof cell === 'string'
    ? escaped(cell)
    : `<a href="${addressOf(cell.path)}">${escaped(cell.text)}</a>`

const row = (cells: readonly ReportCell[], tag: 'td' | 'th'): string =>
  `<tr>${cells.map((cell) => `<${tag}>${cellOf(cell)}</${tag}>`).join('')}</tr>`

const figure = ({ path, text, width, height }: ReportPicture): string => {
  const address = addressOf(path)
  const size = `width="${width}" height="${height}"`
  return `<figure><a href="${address}"><img src="${address}" alt="${escaped(text)}" ${size} loading="lazy"></a><figcaption>${escaped(text)}</figcaption></figure>`
}

const htmlOf = (block: ReportBlock): string => {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escaped(block.text)}</h${block.level}>`
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`
    case 'note':
      return `<p class="note">${escaped(block.text)}</p>`
    case 'items':
      return `<ul>${block.items.map(item).join('')}</ul>`
    case 'table': {
      const head = block.head.length > 0 ? `<thead>${row(block.head, 'th')}</thead>` : ''
      const body = block.rows.map((cells) => row(cells, 'td')).join('')
      return `<div class="wide"><table>${head}<tbody>${body}</tbody></table></div>`
    }
    case 'pictures':
      return `<div class="pictures">${block.pictures.map(figure).join('')}</div>`
    case 'player': {
      const { medium, path, text } = block
      return `<figure><${medium} controls preload="metadata" src="${addressOf(path)}"></${medium}><figcaption>${escaped(text)}</figcaption></figure>`
    }
    case 'sources':
      return `<ol>${block.sources.map(sourceItem).join('')}</ol>`
  }
}

/** For screens of every width, and for paper. */
const style = [
  ':root{color-scheme:light}',
  'body{font:16px/1.65 Pretendard,"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",system-ui,sans-serif;color:#1f2328;max-width:52rem;margin:2.5rem auto;padding:0 1.25rem;word-break:keep-all;overflow-wrap:anywhere}',
  'h1{font-size:1.9rem;line-height:1.3;margin:0 0 .25rem}',
  'h2{font-size:1.35rem;margin:2.75rem 0 .75rem;padding-bottom:.35rem;border-bottom:2px solid #1f2328}',
  'h3{font-size:1.05rem;margin:1.75rem 0 .5rem}',
  'p,li,td,h3{white-space:pre-wrap}',
  'ul,ol{padding-left:1.4rem}li{margin:.35rem 0}',
  'a{color:#0b57d0}.note,figcaption,small{color:#57606a;font-size:.85rem}',
  '.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.95rem}',
  'td,th{border-bottom:1px solid #d0d7de;padding:.5rem .75rem .5rem 0;text-align:left;vertical-align:top;overflow-wrap:break-word}',
  'th,tbody td:first-child{white-space:nowrap}thead th{border-bottom-color:#1f2328}td:last-child{overflow-wrap:anywhere;padding-right:0}',
  '.pictures{display:flex;flex-wrap:wrap;gap:1rem;align-items:flex-end}figure{margin:1rem 0;max-width:100%}',
  'img{display:block;width:auto;height:auto;max-width:100%;max-height:22rem;border:1px solid #d0d7de}video{max-width:100%;max-height:26rem}audio{width:100%}',
  'blockquote{margin:.3rem 0;padding-left:.75rem;border-left:3px solid #d0d7de;color:#424a53}',
  ':target{background:#fff8c5}',
  '@page{margin:18mm 16mm}@media print{body{font-size:10.5pt;max-width:none;margin:0;padding:0}h2,h3{break-after:avoid}tr,figure,li{break-inside:avoid}thead{display:table-header-group}video,audio{display:none}.wide{overflow:visible}}',
].join('')

/** A page without scripts that needs nothing but the pictures beside it in the archive. */
export const reportHtml = ({ locale, title, made, blocks }: Report): string =>
  [
    '<!doctype html>',
    `<html lang="${locale.slice(0, 2)}"><head><meta charset="utf-8">`,
    `<meta http-equiv="Content-Security-Policy" content="script-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escaped(title)}</title><style>${style}</style></head><body>`,
    `<h1>${escaped(title)}</h1><p class="note">${escaped(made)}</p>`,
    ...blocks.map(htmlOf),
    '</body></html>',
    '',
  ].join('\n')
