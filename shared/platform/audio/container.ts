import { afterId3, asBuffer, asciiAt } from './audio-content.ts'
import { isMp3 } from './mp3.ts'

export type Container = 'wav' | 'mp3' | 'flac' | 'ogg' | 'mp4' | 'webm'

/** A container that is read, or the name of one that is not; undefined when the bytes tell neither. */
export type FoundContainer = { container: Container } | { name: string } | undefined

/** First bytes by which other formats name themselves; `.` stands for any byte. */
const names: readonly (readonly [signature: string, name: string])[] = [
  ['#!AMR-WB\n', 'audio/amr-wb (AMR)'],
  ['#!AMR', 'audio/amr (AMR)'],
  ['#!EVRC', 'audio/evrc'],
  ['FORM....AIF', 'audio/aiff (AIFF)'],
  ['caff', 'audio/x-caf (CAF)'],
  ['0&\xb2u\x8ef\xcf\x11', 'audio/x-ms-wma (Windows Media)'],
  ['.snd', 'audio/basic (AU)'],
  ['riff.\x91\xcf\x11\xa5\xd6(\xdb', 'audio/x-w64 (Sony Wave64)'],
  ['RIFF....AVI ', 'video/avi (AVI)'],
  ['RIFF....WEBP', 'image/webp'],
  ['RIFF....RMID', 'audio/midi'],
  ['MThd', 'audio/midi'],
  ['wvpk', 'audio/wavpack'],
  ['MAC ', 'audio/ape (Monkey’s Audio)'],
  ['TTA', 'audio/x-tta'],
  ['DSD ', 'audio/x-dsf'],
  ['ADIF', 'audio/aac (AAC in ADIF)'],
  ['.RMF', 'audio/vnd.rn-realaudio'],
  ['.ra\xfd', 'audio/vnd.rn-realaudio'],
  ['FLV\x01', 'video/x-flv'],
  ['\x0bw', 'audio/ac3'],
  ['\x00\x00\x01\xba', 'video/mpeg'],
  ['#EXTM3U', 'application/vnd.apple.mpegurl (a playlist)'],
  ['PK\x03\x04', 'application/zip'],
  ['\x1f\x8b', 'application/gzip'],
  ['%PDF', 'application/pdf'],
  ['\x89PNG', 'image/png'],
  ['\xff\xd8\xff', 'image/jpeg'],
  ['GIF8', 'image/gif'],
]

const beginsWith = (head: string, signature: string): boolean =>
  [...signature].every((character, index) => {
    const isWild = character === '.' && !(index === 0 && /^\.(snd|RMF|ra)/.test(signature))
    return isWild || head[index] === character
  })

/** Boxes that a file of the ISO family, or a QuickTime movie without `ftyp`, may begin with. */
const firstBoxes = new Set(['ftyp', 'styp', 'moov', 'moof', 'mdat', 'free', 'skip', 'wide', 'sidx'])
const pictureBrands = /^(heic|heix|heim|heis|mif1|msf1|avif|avis|jp2 |crx )/

const isoFamily = (bytes: Buffer): FoundContainer => {
  const box = asciiAt(bytes, 4, 4)
  if (!firstBoxes.has(box) || bytes.readUInt32BE(0) === 0) return undefined
  const brand = box === 'ftyp' ? asciiAt(bytes, 8, 4) : ''
  return pictureBrands.test(brand) ? { name: `image/${brand.trim()}` } : { container: 'mp4' }
}

/** Matroska is WebM's larger family; the type stands in the EBML header. */
const ebml = (bytes: Buffer): FoundContainer => {
  if (bytes.readUInt32BE(0) !== 0x1a45dfa3) return undefined
  const at = bytes.subarray(0, 512).indexOf(Buffer.from([0x42, 0x82]))
  const type = at < 0 ? '' : asciiAt(bytes, at + 3, (bytes[at + 2] ?? 0) & 0x7f)
  if (type === '' || type.startsWith('webm')) return { container: 'webm' }
  return { name: type.startsWith('matroska') ? 'video/matroska' : `EBML of the type ${type}` }
}

/** Two frames of AAC, one behind the other. */
const isAdts = (bytes: Buffer, at: number): boolean => {
  const isFrame = (from: number): boolean =>
    bytes[from] === 0xff && ((bytes[from + 1] ?? 0) & 0xf6) === 0xf0
  if (!isFrame(at) || at + 7 > bytes.length) return false
  const length =
    (((bytes[at + 3] ?? 0) & 3) << 11) | ((bytes[at + 4] ?? 0) << 3) | ((bytes[at + 5] ?? 0) >> 5)
  return length >= 7 && (at + length >= bytes.length || isFrame(at + length))
}

const isTransportStream = (bytes: Buffer): boolean =>
  [0, 4].some((at) => [0, 1, 2].every((n) => bytes[at + n * (188 + at)] === 0x47))

/** The container by its structure, whatever brand, file name or content type say. */
export const containerOf = (recording: Uint8Array): FoundContainer => {
  const bytes = asBuffer(recording)
  if (bytes.length < 8) return undefined
  const tag = asciiAt(bytes, 0, 4)
  if (/^(RIFF|RIFX|RF64|BW64)$/.test(tag) && asciiAt(bytes, 8, 4) === 'WAVE') {
    return { container: 'wav' }
  }
  if (tag === 'OggS') return { container: 'ogg' }
  const start = afterId3(bytes)
  if (asciiAt(bytes, start, 4) === 'fLaC') return { container: 'flac' }
  const head = asciiAt(bytes, 0, 16)
  const named = names.find(([signature]) => beginsWith(head, signature))
  if (named) return { name: named[1] }
  const found = isoFamily(bytes) ?? ebml(bytes)
  if (found) return found
  if (isMp3(bytes)) return { container: 'mp3' }
  if (isAdts(bytes, start)) return { name: 'audio/aac (AAC in ADTS)' }
  return isTransportStream(bytes) ? { name: 'video/mp2t (MPEG-TS)' } : undefined
}

/** Whether a file of the ISO family calls itself M4A; what it holds is the same. */
export const isM4a = (bytes: Uint8Array): boolean => /^M4[ABP]/.test(asciiAt(asBuffer(bytes), 8, 4))
