import { isDevice, safeWords, shortened, utf8Bytes } from '../file-names.ts'

/** Bytes of a name in UTF-8 that common file systems take. */
const maxNameBytes = 255

const trimmed = (text: string): string => text.replace(/^[. ]+|[. ]+$/g, '')

/** The name without its extension, and the extension with its dot. */
const split = (name: string): [string, string] => {
  const [, extension = ''] = /(\.[a-z0-9]{1,8})$/i.exec(name) ?? []
  return [name.slice(0, name.length - extension.length), extension]
}

const composed = (base: string, mark: string, extension: string): string => {
  const room = maxNameBytes - utf8Bytes(mark) - utf8Bytes(extension) - 1
  const short = trimmed(shortened(base, room))
  const stem = short === '' ? 'file' : short
  return `${isDevice(stem) ? '_' : ''}${stem}${mark}${extension}`
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
      const safe = trimmed(safeWords(name))
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
