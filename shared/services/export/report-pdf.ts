import type { Content } from 'pdfmake'
import { bundledPath } from '../../platform/bundled-file.ts'
import { openFonts } from '../../platform/lettering/fonts.ts'
import { exportWording } from '../../platform/wording/exports.ts'
import { contentOf, type PdfBlocks, type PdfPictures } from './pdf-blocks.ts'
import { setText } from './pdf-text.ts'
import type { Report } from './report.ts'

const grey = '#57606a'

const styles = {
  h1: { fontSize: 20, bold: true, lineHeight: 1.25, margin: [0, 0, 0, 4] },
  h2: { fontSize: 15, bold: true, margin: [0, 18, 0, 6] },
  h3: { fontSize: 11, bold: true, margin: [0, 10, 0, 4] },
  head: { bold: true },
  link: { color: '#0b57d0' },
  note: { fontSize: 9, color: grey, margin: [0, 0, 0, 6] },
  quote: { fontSize: 9, color: '#424a53', margin: [0, 2, 0, 1] },
  small: { fontSize: 8, color: grey, margin: [0, 2, 0, 0] },
  foot: { fontSize: 8, color: grey },
}

/** Of the page's height: beneath it a heading goes to the next page. */
const lowestHeading = 0.88

const contentsOf = (report: Report, blocks: PdfBlocks): Content[] => {
  const contents: Content[] = [
    { text: setText(blocks, report.title, { size: 20, room: 480 }), style: 'h1' },
    { text: report.made, style: 'note' },
    ...report.blocks.flatMap((block) => contentOf(blocks, block)),
  ]
  if (!blocks.lacks.any) return contents
  const { typeless } = exportWording[report.locale]
  return [...contents, { text: setText(blocks, typeless), style: 'note' }]
}

const images = (pictures: PdfPictures): Record<string, string> =>
  Object.fromEntries(
    Array.from(pictures, ([path, { bytes, contentType }]) => [
      path,
      `data:${contentType};base64,${Buffer.from(bytes).toString('base64')}`,
    ]),
  )

/** The report with the embedded fonts. Pictures that are given stand in it; PNG and JPEG alone. */
export const reportPdf = async (report: Report, pictures: PdfPictures): Promise<Uint8Array> => {
  const [{ default: pdfmake }, fonts] = await Promise.all([import('pdfmake'), openFonts()])
  const blocks: PdfBlocks = {
    ...{ fonts, pictures, known: new Map(), widths: new Map(), lacks: { any: false } },
  }
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
  const document = pdfmake.createPdf({
    ...{ content: contentsOf(report, blocks), styles, images: images(pictures) },
    defaultStyle: {
      font: 'Pretendard',
      fontSize: 10,
      lineHeight: 1.3,
      // Each sign as it was written: the font would draw `-->` as an arrow, and the x of `9x16` as a times sign.
      fontFeatures: { calt: false, clig: false },
    },
    info: {
      title: report.title,
      ...{ producer: 'Launch Studio', creator: 'Launch Studio' },
      // The same run is the same file.
      creationDate: new Date(`${report.made}T00:00:00Z`),
    },
    ...{ language: report.locale, pageSize: 'A4', pageMargins: [48, 48, 48, 56] },
    footer: (page, pages) => ({
      ...{ text: `${page} / ${pages}`, style: 'foot', alignment: 'right' },
      margin: [48, 16, 48, 0],
    }),
    // A heading stays with what it is of. The place of a table that moves is known too late: it needs room.
    pageBreakBefore: ({ headlineLevel, startPosition }, { getFollowingNodesOnPage }) =>
      headlineLevel !== undefined &&
      (startPosition.verticalRatio > lowestHeading ||
        getFollowingNodesOnPage().every(
          ({ text, style, headlineLevel: level }) =>
            text === undefined || style === 'foot' || level !== undefined,
        )),
  })
  return document.getBuffer()
}
