/** Reserved by file systems, a way out of a folder, or not to be shown: in pieces, for a pattern of its own. */
const unsafe = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}<>:"\\/\\\\\\|?*]'
/** What draws nothing itself and yet makes one sign of several: an emoji of a family, a word in Persian. */
const joiner =
  '(?=[\\u200c\\u200d])(?<=[\\p{L}\\p{M}\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\ufe0f])[\\u200c\\u200d](?=[\\p{L}\\p{M}\\p{Extended_Pictographic}])'
/** A flag of a country's part, such as Scotland's. */
const tagFlag = '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}'

const replaced = new RegExp(`(${tagFlag}|${joiner})|(?:(?!${joiner})${unsafe})+|\\.{2,}`, 'gv')

/** Names of devices, which Windows opens whatever follows the first dot. */
const device = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=$|[.\s])/i
export const isDevice = (name: string): boolean => device.test(name)

/** Words of any text as a file name may hold them: NFC, on one line, a blank for what no file system takes. */
export const safeWords = (text: string): string =>
  text
    .normalize('NFC')
    .replace(replaced, (_, kept: string | undefined) => kept ?? ' ')
    .replace(/\s+/g, ' ')
    .trim()

const encoder = new TextEncoder()
export const utf8Bytes = (text: string): number => encoder.encode(text).length

const segmenter = new Intl.Segmenter('ko')

/** The longest beginning of whole graphemes that fits. */
export const shortened = (text: string, maxBytes: number): string => {
  let kept = ''
  let bytes = 0
  for (const { segment } of segmenter.segment(text)) {
    bytes += utf8Bytes(segment)
    if (bytes > maxBytes) break
    kept += segment
  }
  return kept
}
