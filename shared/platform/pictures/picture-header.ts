import { orientationOf } from './exif-orientation.ts'
import { heifSize } from './heif-size.ts'
import { jpegHeader } from './jpeg-header.ts'
import { PictureError, type PictureKind } from './picture.ts'
import { webpHeader } from './webp-header.ts'

export interface PictureHeader {
  kind: PictureKind
  /** Pixels as they are stored, before any turning. */
  width: number
  height: number
  /** EXIF's, 1 to 8; 1 where the decoder itself turns the picture. */
  orientation: number
}

/** First bytes of formats that are not read; `.` stands for any byte. */
const others: readonly (readonly [signature: string, name: string])[] = [
  ['GIF8', 'GIF'],
  ['BM', 'BMP'],
  ['II*\0', 'TIFF or a camera’s raw format'],
  ['MM\0*', 'TIFF or a camera’s raw format'],
  ['....ftypavi', 'AVIF'],
  ['....ftypcrx', 'a camera’s raw format'],
  ['....ftyp', 'a film'],
  ['....JXL ', 'JPEG XL'],
  ['\xff\x0a', 'JPEG XL'],
  ['....jP  ', 'JPEG 2000'],
  ['8BPS', 'a Photoshop document'],
  ['%PDF', 'PDF'],
  ['\0\0\x01\0', 'an icon'],
  ['<svg', 'SVG'],
  ['<?xml', 'XML'],
  ['<!DOCTYPE', 'HTML'],
  ['PK\x03\x04', 'a ZIP archive'],
]

const begins = (head: string, signature: string): boolean =>
  [...signature].every((character, index) => character === '.' || head[index] === character)

/** Brands of the HEIF family whose pictures are HEVC, as iPhones and Samsung phones write them. */
const heifBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1'])

/** The kind of a picture by its own bytes, whatever it is called; undefined for what is not read. */
export const pictureKind = (bytes: Uint8Array): PictureKind | undefined => {
  const head = latin1(bytes, 0, 12)
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  if (begins(head, 'RIFF....WEBP')) return 'webp'
  return head.slice(4, 8) === 'ftyp' && heifBrands.has(head.slice(8)) && !isAvif(bytes)
    ? 'heif'
    : undefined
}

/** The general brand `mif1` may stand before AVIF as well: the compatible brands tell. */
const isAvif = (bytes: Uint8Array): boolean => {
  const size = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUInt32BE(0)
  return /avi[fs]/.test(latin1(bytes, 8, Math.min(size, 256)))
}

const latin1 = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', from, to)

/**
 * What a picture says of itself, read before anything is decoded. Throws `PictureError`: `unsupported`
 * for other formats, by name; `damaged` for a header that is cut off or contradicts itself.
 */
export const readPictureHeader = (bytes: Uint8Array): PictureHeader => {
  const kind = pictureKind(bytes)
  if (kind === undefined) throw new PictureError('unsupported', unsupported(bytes))
  const header = headerOf[kind](Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  if (!(header.width > 0) || !(header.height > 0)) {
    throw new PictureError('damaged', 'The picture has no pixels.')
  }
  return { kind, ...header }
}

const unsupported = (bytes: Uint8Array): string => {
  const head = latin1(bytes, 0, 16)
  const found = others.find(([signature]) => begins(head, signature))?.[1]
  const wanted = 'It has to be PNG, JPEG, WebP or HEIC.'
  return found === undefined
    ? `The bytes are no picture. ${wanted}`
    : `The bytes are ${found}. ${wanted}`
}

type Header = Omit<PictureHeader, 'kind'>

const pngHeader = (bytes: Buffer): Header => {
  if (bytes.length < 33 || bytes.toString('latin1', 12, 16) !== 'IHDR') {
    throw new PictureError('damaged', 'The PNG ends within its header.')
  }
  return {
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    orientation: pngOrientation(bytes),
  }
}

/** PNG has EXIF in a chunk of its own, before or after the pixels. */
const pngOrientation = (bytes: Buffer): number => {
  let at = 8
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at)
    if (at + 12 + length > bytes.length) return 1
    if (bytes.toString('latin1', at + 4, at + 8) === 'eXIf') {
      return orientationOf(bytes.subarray(at + 8, at + 8 + length))
    }
    at += 12 + length
  }
  return 1
}

const headerOf: Readonly<Record<PictureKind, (bytes: Buffer) => Header>> = {
  png: pngHeader,
  jpeg: jpegHeader,
  webp: webpHeader,
  // libheif turns pictures by their own properties, which are what counts in HEIF.
  heif: (bytes) => ({ ...heifSize(bytes), orientation: 1 }),
}
