/** Bytes of a name in UTF-8 that common file systems take. */
const maxNameBytes = 255

/** Control, format and line characters, what Windows refuses, and ways out of a folder. */
const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"/\\|?*]+|\.{2,}/gu
/** Names of devices, which Windows opens whatever follows the first dot. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|[.\s])/i

const encoder = new TextEncoder()
const bytesOf = (text: string): number => encoder.encode(text).length

const segmenter = new Intl.Segmenter('ko')

/** The longest beginning of whole graphemes that fits. */
const shortened = (text: string, maxBytes: number): string => {
  let kept = ''
  let bytes = 0
  for (const { segment } of segmenter.segment(text)) {
    bytes += bytesOf(segment)
    if (bytes > maxBytes) break
    kept += segment
  }
  return kept
}

const trimmed = (text: string): string => text.replace(/^[. ]+|[. ]+$/g, '')

/** The name without its extension, and the extension with its dot. */
const split = (name: string): [string, string] => {
  const [, extension = ''] = /(\.[a-z0-9]{1,8})$/i.exec(name) ?? []
  return [name.slice(0, name.length - extension.length), extension]
}

const composed = (base: string, mark: string, extension: string): string => {
  const room = maxNameBytes - bytesOf(mark) - bytesOf(extension) - 1
  const short = trimmed(shortened(base, room))
  const stem = short === '' ? 'file' : short
  return `${device.test(stem) ? '_' : ''}${stem}${mark}${extension}`
}

/** What a file system that ignores case, as those of Windows and macOS do, takes for the same name. */
const folded = (path: string): string => path.normalize('NFKC').toLowerCase().normalize('NFC')

/**
 * Names entries of an archive so that every file system can hold them: NFC, without separators, device names
 * and ways out of the folder, 255 bytes at most, and unique where case is ignored.
 */
export const createEntryNames = () => {
  const taken = new Set<string>()
  return {
    /** @param folder a name of ours, or none */
    take(name: string, folder = ''): string {
      const safe = trimmed(name.normalize('NFC').replace(unsafe, ' ').replace(/\s+/g, ' ').trim())
      const [base, extension] = split(safe)
      const prefix = folder === '' ? '' : `${folder}/`
      for (let count = 1; ; count += 1) {
        const path = `${prefix}${composed(base, count === 1 ? '' : ` (${count})`, extension)}`
        if (taken.has(folded(path))) continue
        taken.add(folded(path))
        return path
      }
    },
  }
}
