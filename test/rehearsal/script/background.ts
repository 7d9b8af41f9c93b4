import { createHash } from 'node:crypto'
import { drawSvg } from '../../../shared/platform/lettering/draw-svg.ts'
import { placeText } from '../../../shared/platform/lettering/draw-text.ts'
import { fitText } from '../../../shared/platform/lettering/fit-text.ts'
import { openFonts } from '../../../shared/platform/lettering/fonts.ts'
import { encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { pictureKind } from '../../../shared/platform/pictures/picture-header.ts'
import { showsProduct } from './picture.ts'

interface Size {
  width: number
  height: number
}

interface Box extends Size {
  x: number
  y: number
}

/** Rooms at different times of a morning. */
const rooms = [
  { wall: ['#f7ead6', '#e9cfa9'], table: ['#b98a5e', '#8f6340'], light: '#fff6df' },
  { wall: ['#e6ebe6', '#c3cfc6'], table: ['#a98b6d', '#7d624a'], light: '#ffffff' },
] as const

const roomFor = (prompt: string) => {
  const digest = createHash('sha256').update(prompt).digest()
  return rooms[(digest[0] ?? 0) % rooms.length] ?? rooms[0]
}

/** Where the prompt of a background wants its subject: a little below the middle, or at the right. */
const subjectIn = ({ width, height }: Size): Box => {
  const isWide = width > 1.2 * height
  const isTall = width < 0.9 * height
  const high = height * (isWide ? 0.62 : isTall ? 0.34 : 0.4)
  const wide = high * 0.5
  const foot = height * (isWide ? 0.84 : isTall ? 0.75 : 0.92)
  return { x: width * (isWide ? 0.74 : 0.5) - wide / 2, y: foot - high, width: wide, height: high }
}

const room = (prompt: string, { width, height }: Size, subject: Box): string => {
  const { wall, table, light } = roomFor(prompt)
  const edge = subject.y + subject.height * 0.78
  const foot = subject.y + subject.height
  const middle = subject.x + subject.width / 2
  return `<defs>
<linearGradient id="wall" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="${wall[0]}"/><stop offset="1" stop-color="${wall[1]}"/></linearGradient>
<linearGradient id="table" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${table[0]}"/><stop offset="1" stop-color="${table[1]}"/></linearGradient>
<linearGradient id="side" x1="0" y1="0" x2="1" y2="0"><stop offset="0" stop-color="#000" stop-opacity="0"/><stop offset="0.7" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity="0.16"/></linearGradient>
<filter id="soft" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="${width * 0.02}"/></filter>
</defs>
<rect width="${width}" height="${height}" fill="url(#wall)"/>
<g fill="${light}" opacity="0.55" filter="url(#soft)">${[0.08, 0.36]
    .map(
      (x) =>
        `<path d="M${width * x} ${edge * 0.5} l${width * 0.22} ${-edge * 0.08} l${width * 0.2} ${edge * 0.52} l${-width * 0.22} ${edge * 0.06} z"/>`,
    )
    .join('')}</g>
<rect y="${edge}" width="${width}" height="${height - edge}" fill="url(#table)"/>
<ellipse cx="${middle + subject.width * 0.25}" cy="${foot}" rx="${subject.width * 0.8}" ry="${subject.height * 0.05}" fill="#2a1708" opacity="0.5" filter="url(#soft)"/>`
}

/** The rehearsed product, standing: a light bag with a brown band. */
const bag = ({ x, y, width, height }: Box, band: Box): string => {
  const crimp = height * 0.07
  const outline = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${width * 0.035}"`
  return `${outline} fill="#f4f0e6"/>
<rect x="${band.x}" y="${band.y}" width="${band.width}" height="${band.height}" fill="#7a4a2c"/>
<path d="M${x} ${y + crimp} h${width}" stroke="#d9d2c2" stroke-width="${height * 0.006}"/>
${outline} fill="url(#side)"/>`
}

/** What no viewer can miss: that this is a rehearsal's picture. */
const stamp = async ({ x, y, width, height }: Box): Promise<string> => {
  const style = { weight: 'bold', maxSize: height * 0.34, minSize: 8, leading: 1.2 } as const
  const block = fitText(await openFonts(), '리허설\nREHEARSAL', style, {
    width: width * 0.84,
    height: height * 0.9,
  })
  const at = { x: x + width / 2, y: y + (height - block.height) / 2 }
  return placeText(block, { ...at, align: 'center', colour: '#f8efe2' }).svg
}

/**
 * The bag's band, which bears the stamp, where no film has its captions, however close it goes: in a square they
 * are over the bag's foot; of what is made of an upright picture, feeds have them there, and full screens over its
 * upper half.
 */
const bandOf = ({ x, y, width, height }: Box, size: Size): Box => {
  const isTall = size.width < 0.9 * size.height
  const isSquare = !isTall && size.width <= 1.2 * size.height
  const [from, share] = isTall ? [0.55, 0.17] : isSquare ? [0.13, 0.2] : [0.405, 0.216]
  return { x, width, y: y + height * from, height: height * share }
}

/** The user's picture where the rehearsed product would stand, over the stamp. */
const photo = (reference: Uint8Array, { x, y, width, height }: Box): string => {
  const type = pictureKind(reference) === 'png' ? 'image/png' : 'image/jpeg'
  const data = `data:${type};base64,${Buffer.from(reference).toString('base64')}`
  return `<image x="${x}" y="${y}" width="${width}" height="${height}" href="${data}"/>`
}

/**
 * A background as the product asks for it, drawn by code and stamped as the rehearsal's. With a reference it shows
 * that picture, or the rehearsed product itself.
 */
export const drawScene = async (
  prompt: string,
  size: Size,
  reference: Uint8Array | undefined,
): Promise<Uint8Array> => {
  const subject = subjectIn(size)
  const isOwn = reference === undefined || (await showsProduct(reference))
  const band = bandOf(subject, size)
  const low = { ...band, y: subject.y + subject.height - band.height }
  const above = { ...subject, height: subject.height - band.height }
  const shapes = isOwn
    ? bag(subject, band) + (await stamp(band))
    : `${photo(reference, above)}<rect x="${low.x}" y="${low.y}" width="${low.width}" height="${low.height}" fill="#7a4a2c"/>${await stamp(low)}`
  const { width, height } = size
  return encodePng(
    await drawSvg(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${room(prompt, size, subject)}${shapes}</svg>`,
    ),
  )
}
