import { inflateSync } from 'node:zlib'
import { heifProperties } from './heif-properties.ts'
import { jpegSegments } from './jpeg-segments.ts'
import type { PictureKind } from './picture.ts'
import { webpChunks } from './webp-header.ts'

/** Profiles of cameras have some 500 bytes, those of printers a million. */
const maxProfileBytes = 2_000_000

const inJpeg = (bytes: Buffer): Buffer => {
  const name = 'ICC_PROFILE\0'
  const parts: Buffer[] = []
  for (const { marker, content } of jpegSegments(bytes)) {
    const isPart = marker === 0xe2 && content.toString('latin1', 0, name.length) === name
    // After the name stand the part's number and their count.
    if (isPart) parts.push(content.subarray(name.length + 2))
  }
  return Buffer.concat(parts)
}

const inPng = (bytes: Buffer): Buffer => {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (bytes.toString('latin1', at + 4, at + 8) === 'iCCP') {
      const packed = content.subarray(content.indexOf(0) + 2)
      return inflateSync(packed, { maxOutputLength: maxProfileBytes })
    }
    at += 12 + length
  }
  return Buffer.alloc(0)
}

const inWebp = (bytes: Buffer): Buffer =>
  [...webpChunks(bytes)].find(({ name }) => name === 'ICCP')?.content ?? Buffer.alloc(0)

const inHeif = (bytes: Buffer): Buffer => {
  for (const { name, content } of heifProperties(bytes)) {
    const kind = content.toString('latin1', 0, 4)
    if (name === 'colr' && (kind === 'prof' || kind === 'rICC')) return content.subarray(4)
  }
  return Buffer.alloc(0)
}

const profileIn: Readonly<Record<PictureKind, (bytes: Buffer) => Buffer>> = {
  jpeg: inJpeg,
  png: inPng,
  webp: inWebp,
  heif: inHeif,
}

/** Display P3's primaries as profiles state them: XYZ under the light of D50. */
const displayP3 = {
  rXYZ: [0.5151, 0.2412, -0.0011],
  gXYZ: [0.292, 0.6922, 0.0419],
  bXYZ: [0.1571, 0.0666, 0.7841],
} as const

/** A tag of three fixed-point numbers; undefined where the profile has none. */
const tagOf = (profile: Buffer, tag: string): number[] | undefined => {
  const count = Math.min(profile.readUInt32BE(128), 100)
  for (let entry = 0; entry < count; entry += 1) {
    const at = 132 + entry * 12
    if (profile.toString('latin1', at, at + 4) !== tag) continue
    const place = profile.readUInt32BE(at + 4) + 8
    return [0, 4, 8].map((off) => profile.readInt32BE(place + off) / 65_536)
  }
  return undefined
}

const isP3Profile = (profile: Buffer): boolean =>
  Object.entries(displayP3).every(([tag, wanted]) =>
    tagOf(profile, tag)?.every((value, index) => Math.abs(value - (wanted[index] ?? 0)) < 0.01),
  )

/**
 * Whether a picture's colours are those of Display P3, as iPhones take them. False for a profile that cannot
 * be read: a picture is not refused for its notes.
 */
export const isDisplayP3 = (kind: PictureKind, bytes: Uint8Array): boolean => {
  try {
    const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return isP3Profile(profileIn[kind](file))
  } catch {
    return false
  }
}
