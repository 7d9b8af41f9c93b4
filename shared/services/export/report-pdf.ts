import type { Content, Inline } from 'pdfmake'
import { bundledPath } from '../../platform/bundled-file.ts'
import { exportWording } from '../../platform/export-wording.ts'
import { type Fonts, openFonts } from '../../platform/lettering/fonts.ts'
import type { CitedText, Report, ReportBlock, ReportSource } from './report.ts'

/** Pictures by their path in the archive. */
export type PdfPictures = ReadonlyMap<string, { bytes: Uint8Array; contentType: string }>

interface Typesetting {
  fonts: Fonts
  pictures: PdfPictures
  /** The font of a grapheme, or what is written in its place. */
  known: Map<string, Inline>
  /** Whether a character was written as its code. */
  lacks: { any: boolean }
}

const segmenter = new Intl.Segmenter('ko')

const codesOf = (grapheme: string): string =>
  Array.from(
    grapheme,
    (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  ).join(' ')

const hasGlyphs = (font: Fonts['regular'], grapheme: string): boolean =>
  font.shape(grapheme).every(({ id }) => id !== 0)

/** Never a box: what no embedded font has is written as its code points, and the report says so. */
const glyph = ({ fonts, known, lacks }: Typesetting, grapheme: string): Inline => {
  const found = known.get(grapheme)
  if (found) return found
  const inline = ((): Inline => {
    if (/^\s+$/.test(grapheme) || hasGlyphs(fonts.regular, grapheme)) return { text: grapheme }
    if (hasGlyphs(fonts.emoji, grapheme)) return { text: grapheme, font: 'Emoji' }
    lacks.any = true
    return { text: `[${codesOf(grapheme)}]` }
  })()
  known.set(grapheme, inline)
  return inline
}

/** A text in runs of one font each. */
const set = (typesetting: Typesetting, text: string): Inline[] => {
  const runs: Inline[] = []
  for (const { segment } of segmenter.segment(text)) {
    const next = glyph(typesetting, segment)
    const last = runs.at(-1)
    if (last && last.font === next.font) last.text += next.text
    else runs.push({ ...next })
  }
  return runs.length > 0 ? runs : [{ text: ' ' }]
}

const item = (typesetting: Typesetting, { text, sources }: CitedText): Content => ({
  text: [
    ...set(typesetting, text),
    ...sources.flatMap((number): Inline[] => [
      { text: ' ' },
      { text: `[${number}]`, linkToDestination: `source-${number}` },
    ]),
  ],
})

const sourceContent = (
  typesetting: Typesetting,
  { number, title, site, url, quote, verified }: ReportSource,
): Content => ({
  stack: [
    {
      id: `source-${number}`,
      text: [
        { text: `[${number}] ` },
        ...set(typesetting, title).map((run) =>
          /^https?:\/\//i.test(url) ? { ...run, link: url } : run,
        ),
        ...set(typesetting, `, ${site}`),
      ],
    },
    { text: set(typesetting, quote), style: 'quote' },
    { text: set(typesetting, verified), style: 'quote' },
  ],
  margin: [0, 0, 0, 6],
})

const tableContent = (
  typesetting: Typesetting,
  { head, rows }: Extract<ReportBlock, { kind: 'table' }>,
): Content => {
  const cells = (row: readonly string[], style?: string): Content[] =>
    row.map((text) => ({ text: set(typesetting, text), ...(style && { style }) }))
  const body = [...(head.length > 0 ? [cells(head, 'head')] : []), ...rows.map((row) => cells(row))]
  const columns = body[0]?.length ?? 0
  if (columns === 0) return { text: ' ' }
  // The last column has the long text.
  const widths = Array.from({ length: columns }, (_, index) =>
    index === columns - 1 ? ('*' as const) : Math.max(60, Math.floor(220 / columns)),
  )
  return {
    table: { headerRows: head.length > 0 ? 1 : 0, widths, body },
    layout: 'lightHorizontalLines',
    margin: [0, 2, 0, 8],
  }
}

const contentOf = (typesetting: Typesetting, block: ReportBlock): Content[] => {
  switch (block.kind) {
    case 'heading':
      return [{ text: set(typesetting, block.text), style: `h${block.level}` }]
    case 'paragraph':
      return [{ text: set(typesetting, block.text), margin: [0, 0, 0, 6] }]
    case 'items':
      return [{ ul: block.items.map((each) => item(typesetting, each)) }]
    case 'table':
      return [tableContent(typesetting, block)]
    case 'picture':
      return [
        ...(typesetting.pictures.has(block.path)
          ? [{ image: block.path, fit: [380, 380] as [number, number] }]
          : []),
        { text: set(typesetting, block.text), style: 'quote' },
      ]
    case 'sources':
      return block.sources.map((source) => sourceContent(typesetting, source))
  }
}

const styles = {
  h1: { fontSize: 20, bold: true, margin: [0, 0, 0, 6] },
  h2: { fontSize: 15, bold: true, margin: [0, 14, 0, 6] },
  h3: { fontSize: 11, bold: true, margin: [0, 8, 0, 4] },
  head: { bold: true },
  quote: { fontSize: 8.5, color: '#444444', margin: [0, 2, 0, 2] },
}

/** The report with the embedded fonts. Pictures that are given stand in it; PNG and JPEG alone. */
export const reportPdf = async (report: Report, pictures: PdfPictures): Promise<Uint8Array> => {
  const [{ default: pdfmake }, fonts] = await Promise.all([import('pdfmake'), openFonts()])
  const typesetting = { fonts, pictures, known: new Map(), lacks: { any: false } }
  const paths = {
    regular: bundledPath('Pretendard-Regular.otf'),
    bold: bundledPath('Pretendard-Bold.otf'),
    emoji: bundledPath('NotoEmoji-Bold.ttf'),
  }
  pdfmake.setFonts({
    Pretendard: { normal: paths.regular, bold: paths.bold },
    Emoji: { normal: paths.emoji, bold: paths.emoji },
  })
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => Object.values(paths).includes(path))
  const content = [
    { text: set(typesetting, report.title), style: 'h1' },
    { text: report.made, margin: [0, 0, 0, 10] as [number, number, number, number] },
    ...report.blocks.flatMap((block) => contentOf(typesetting, block)),
  ]
  if (typesetting.lacks.any) {
    const { typeless } = exportWording[report.locale]
    content.push({ text: set(typesetting, typeless), style: 'quote' })
  }
  const images = Array.from(pictures, ([path, { bytes, contentType }]) => [
    path,
    `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`,
  ])
  const document = pdfmake.createPdf({
    ...{ content, styles, images: Object.fromEntries(images) },
    defaultStyle: { font: 'Pretendard', fontSize: 10, lineHeight: 1.3 },
    info: {
      title: report.title,
      ...{ producer: 'Launch Studio', creator: 'Launch Studio' },
      // The same run is the same file.
      creationDate: new Date(`${report.made}T00:00:00Z`),
    },
    ...{ language: report.locale, pageSize: 'A4', pageMargins: [48, 48, 48, 48] },
  })
  return document.getBuffer()
}
