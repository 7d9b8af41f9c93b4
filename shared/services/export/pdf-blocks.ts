import type { Content, Inline, Layout } from 'pdfmake'
import { setText, type Typesetting, typeSize, widthOf } from './pdf-text.ts'
import type {
  CitedText,
  ReportBlock,
  ReportCell,
  ReportPicture,
  ReportSource,
} from './report-blocks.ts'

/** Pictures by their path in the archive. */
export type PdfPictures = ReadonlyMap<string, { bytes: Uint8Array; contentType: string }>

export interface PdfBlocks extends Typesetting {
  pictures: PdfPictures
}

/** Points: A4 without its margins. */
const pageWidth = 499
const pageHeight = 720
const lineHeight = 1.4 * typeSize

const isWebAddress = (url: string): boolean => /^https?:\/\//i.test(url)

/** How high a text becomes at most: what is higher than a page may not be kept on one. */
const heightOf = (blocks: PdfBlocks, text: string, width: number): number =>
  text.split(/\r\n|[\r\n]/).reduce((sum, line) => {
    // Words that are not broken leave some of each line empty.
    const lines = Math.ceil((1.3 * widthOf(blocks, line)) / width) || 1
    return sum + lines * lineHeight
  }, 0)

const isShort = (blocks: PdfBlocks, text: string, width: number): boolean =>
  heightOf(blocks, text, width) < pageHeight / 2

const item = (blocks: PdfBlocks, { text, sources }: CitedText): Content => ({
  text: [
    ...setText(blocks, text),
    ...sources.flatMap((number): Inline[] => [
      { text: ' ' },
      { text: `[${number}]`, linkToDestination: `source-${number}`, style: 'link' },
    ]),
  ],
  margin: [0, 0, 0, 3],
  unbreakable: isShort(blocks, text, pageWidth),
})

const sourceContent = (
  blocks: PdfBlocks,
  { number, title, site, url, quote, verified }: ReportSource,
): Content => {
  const linked = (runs: Inline[]): Inline[] =>
    isWebAddress(url) ? runs.map((run) => ({ ...run, link: url, style: 'link' })) : runs
  const texts = `${title}${quote}${verified}${url}`
  return {
    stack: [
      {
        id: `source-${number}`,
        text: [
          { text: `[${number}] ` },
          ...linked(setText(blocks, title)),
          ...setText(blocks, `, ${site}`),
        ],
      },
      { text: setText(blocks, quote), style: 'quote' },
      { text: setText(blocks, verified), style: 'small' },
      { text: linked(setText(blocks, url)), style: 'small' },
    ],
    margin: [0, 0, 0, 8],
    unbreakable: isShort(blocks, texts, pageWidth),
  }
}

/** Points of the narrowest and the widest column but the last, which gets the rest. */
const columnBounds = [24, 116] as const
const columnGap = 10
const leastOfLast = 170

const rules: Layout = {
  hLineWidth: (line, { table }) => (line === 0 || line === table.body.length ? 0 : 0.5),
  vLineWidth: () => 0,
  hLineColor: (line, { table }) => (line === table.headerRows ? '#1f2328' : '#d0d7de'),
  paddingLeft: () => 0,
  paddingRight: () => columnGap,
  paddingTop: () => 4,
  paddingBottom: () => 4,
}

const textOf = (cell: ReportCell): string => (typeof cell === 'string' ? cell : cell.text)

/** The last column has the long text; the others get what their cells need, within bounds. */
const columnWidths = (blocks: PdfBlocks, rows: readonly (readonly string[])[]): number[] => {
  const columns = rows[0]?.length ?? 0
  const [least, most] = columnBounds
  const fixed = Array.from({ length: columns - 1 }, (_, index) => {
    const widest = Math.max(
      ...rows.flatMap((row) => (row[index] ?? '').split('\n').map((line) => widthOf(blocks, line))),
    )
    return Math.ceil(Math.min(most, Math.max(least, widest + 2)))
  })
  const room = pageWidth - columnGap * columns
  const wanted = fixed.reduce((sum, width) => sum + width, 0)
  const share = Math.min(1, (room - leastOfLast) / wanted)
  const shared = fixed.map((width) => Math.max(least, Math.floor(width * share)))
  return [...shared, room - shared.reduce((sum, width) => sum + width, 0)]
}

const tableContent = (
  blocks: PdfBlocks,
  { head, rows }: Extract<ReportBlock, { kind: 'table' }>,
): Content => {
  const texts = rows.map((row) => row.map(textOf))
  const all = head.length > 0 ? [head, ...texts] : texts
  if (all[0] === undefined) return { text: ' ' }
  const widths = columnWidths(blocks, all)
  const cells = (row: readonly string[], isHead: boolean): Content[] =>
    row.map((text, column) => ({
      text: setText(blocks, text, { room: widths[column] ?? 0 }),
      ...((isHead || (head.length === 0 && column === 0)) && { style: 'head' }),
    }))
  const areShort = texts.every((row) =>
    row.every((text, column) => isShort(blocks, text, widths[column] ?? pageWidth)),
  )
  return {
    table: {
      ...{ headerRows: head.length > 0 ? 1 : 0, dontBreakRows: areShort },
      keepWithHeaderRows: areShort ? 1 : 0,
      widths: widths.map((width, column) => (column === widths.length - 1 ? '*' : width)),
      body: all.map((row) => cells(row, row === head)),
    },
    layout: rules,
    margin: [0, 2, 0, 8],
  }
}

const gap = 14
/** A third of the page beside two others, or alone. */
const portrait = { width: (pageWidth - 2 * gap) / 3, height: 250 }
const landscape = { width: 330, height: 186 }

const frameOf = ({ width, height }: ReportPicture) => (width > 1.3 * height ? landscape : portrait)

const picture = (blocks: PdfBlocks, shown: ReportPicture): Content => {
  const { width, height } = frameOf(shown)
  const image: Content[] = blocks.pictures.has(shown.path)
    ? [{ image: shown.path, fit: [width, height] }]
    : []
  const caption = { text: setText(blocks, shown.text, { room: width }), style: 'small' }
  const name = { text: setText(blocks, shown.path, { room: 0 }), style: 'small' }
  return { stack: [...image, caption, name], width }
}

/** Portraits three to a row, landscapes one, and none of them broken over pages. */
const pictureContents = (blocks: PdfBlocks, shown: readonly ReportPicture[]): Content[] => {
  const rows: ReportPicture[][] = []
  for (const each of shown) {
    const row = rows.at(-1)
    const joins = row?.every((other) => frameOf(other) === portrait) && row.length < 3
    if (row && joins && frameOf(each) === portrait) row.push(each)
    else rows.push([each])
  }
  return rows.map((row) => ({
    columns: row.map((each) => picture(blocks, each)),
    ...{ columnGap: gap, unbreakable: true, margin: [0, 4, 0, 8] },
  }))
}

const headingSizes = { 2: 15, 3: 11 } as const

export const contentOf = (blocks: PdfBlocks, block: ReportBlock): Content[] => {
  switch (block.kind) {
    case 'heading': {
      const text = setText(blocks, block.text, { size: headingSizes[block.level] })
      return [{ text, style: `h${block.level}`, headlineLevel: block.level }]
    }
    case 'paragraph':
      return [{ text: setText(blocks, block.text), margin: [0, 0, 0, 6] }]
    case 'note':
      return [{ text: setText(blocks, block.text), style: 'note' }]
    case 'items':
      return [{ ul: block.items.map((each) => item(blocks, each)) }]
    case 'table':
      return [tableContent(blocks, block)]
    case 'pictures':
      return pictureContents(blocks, block.pictures)
    case 'player':
      return [{ text: setText(blocks, `${block.path} (${block.text})`), style: 'small' }]
    case 'sources':
      return block.sources.map((source) => sourceContent(blocks, source))
  }
}
