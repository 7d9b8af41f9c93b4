import { failed, type RequestFailureReason, refused } from './request-failure.ts'

/** A page's text, with its markup when it has some. */
export interface PageSource {
  isHtml: boolean
  text: string
}

const htmlTypes = new Set(['text/html', 'application/xhtml+xml'])
const plainTypes = new Set(['text/plain', 'text/markdown'])

const binaryTypes: [RequestFailureReason, RegExp][] = [
  ['pdf', /^application\/(?:x-)?pdf/],
  ['image', /^image\//],
  ['audio', /^audio\//],
  ['video', /^video\//],
  ['archive', /^application\/(?:x-)?(?:zip|gzip|7z|rar|tar)/],
]
/** First bytes of what is no text, whatever the header says, as Latin-1, and where they stand. */
const signatures: [RequestFailureReason, at: number, bytes: string[]][] = [
  ['pdf', 0, ['%PDF-']],
  ['image', 0, ['\x89PNG', 'GIF8', '\xff\xd8\xff']],
  ['image', 4, ['ftypavif', 'ftypheic', 'ftypmif1']],
  ['image', 8, ['WEBPVP8']],
  ['video', 0, ['\x1aE\xdf\xa3']],
  ['video', 4, ['ftyp']],
  ['audio', 0, ['ID3\x03', 'ID3\x04', 'OggS', 'fLaC']],
  ['audio', 8, ['WAVEfmt ']],
  // Office documents, Hangul's among them, are archives or compound files.
  ['archive', 0, ['PK\x03\x04', '\x1f\x8b', '7z\xbc\xaf', 'Rar!\x1a', '\xd0\xcf\x11\xe0']],
]

const kindOf = (bytes: Buffer): RequestFailureReason | undefined => {
  const start = bytes.subarray(0, 64).toString('latin1')
  return signatures.find(([, at, marks]) => marks.some((mark) => start.startsWith(mark, at)))?.[0]
}

const typeReason = (type: string): RequestFailureReason =>
  binaryTypes.find(([, pattern]) => pattern.test(type))?.[0] ?? 'not-text'

const decoderOf = (charset: string, fatal: boolean) => {
  try {
    return new TextDecoder(charset, { fatal })
  } catch {
    return undefined
  }
}

/** The text when every byte fits the charset. */
const strictly = (bytes: Uint8Array, charset: string): string | undefined => {
  try {
    return decoderOf(charset, true)?.decode(bytes)
  } catch {
    return undefined
  }
}

const headerCharset = (contentType: string): string | undefined =>
  /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType)?.[1]

/** What `meta` or an XML declaration names, within the part in which browsers look for it, and some more. */
const markupCharset = (start: string): string | undefined =>
  /<meta\s[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(start)?.[1] ??
  /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(start)?.[1]

const byteOrderMarks: [charset: string, RegExp][] = [
  ['utf-8', /^\xef\xbb\xbf/],
  ['utf-16le', /^\xff\xfe/],
  ['utf-16be', /^\xfe\xff/],
]

/** Not told from UTF-8 by their bytes alone. */
const sevenBit = /^(?:utf-16|iso-2022|hz|unicode)/i

/** Characters that a few broken bytes cost are no reason to doubt a charset; many are. */
const isMostlyReadable = (text: string): boolean => {
  const replaced = text.split('\ufffd').length - 1
  const foreign = text.replace(/\p{ASCII}/gu, '').length
  return replaced * 10 <= foreign
}

/**
 * Servers declare charsets that their pages do not have. What is valid UTF-8 in all its bytes is
 * that; otherwise the first charset counts in which every byte means something: the header's, the
 * markup's, then those of Korean and Japanese pages without a declaration. A page of these with a few
 * broken bytes comes before the Western charset, which has a meaning for every byte of any page.
 */
const decoded = (bytes: Buffer, contentType: string): string => {
  const start = bytes.subarray(0, 4_096).toString('latin1')
  const mark = byteOrderMarks.find(([, pattern]) => pattern.test(start))?.[0]
  if (mark !== undefined) return new TextDecoder(mark).decode(bytes)
  const declared = [headerCharset(contentType), markupCharset(start)].filter(
    (charset) => charset !== undefined && decoderOf(charset, false) !== undefined,
  ) as string[]
  const special = declared.find((charset) => sevenBit.test(charset))
  if (special !== undefined) {
    const text = strictly(bytes, special)
    if (text !== undefined && !text.includes('\0')) return text
  }
  const utf8 = new TextDecoder().decode(bytes)
  if (!utf8.includes('\ufffd') || isMostlyReadable(utf8)) return utf8
  const charsets = [...declared, 'euc-kr', 'shift_jis']
  for (const charset of charsets) {
    const text = strictly(bytes, charset)
    if (text !== undefined) return text
  }
  for (const charset of charsets.filter((each) => !sevenBit.test(each))) {
    const text = new TextDecoder(charset).decode(bytes)
    if (isMostlyReadable(text)) return text
  }
  return new TextDecoder('windows-1252').decode(bytes)
}

/**
 * The text of a response.
 * @throws RequestFailure pdf, image …, not-text for what is neither HTML nor plain text, by its header and
 * its bytes; no-text for an empty body
 */
export const pageSource = (bytes: Buffer, contentType: string): PageSource => {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  const isKnown = type === '' || htmlTypes.has(type) || plainTypes.has(type)
  if (!isKnown) throw refused(typeReason(type))
  const reason = kindOf(bytes)
  if (reason !== undefined) throw refused(reason)
  const text = decoded(bytes, contentType)
  if (text.includes('\0')) throw refused('not-text')
  if (text.trim() === '') throw failed('no-text')
  const looksLikeHtml = /^\s*<(?:!doctype|html|head|body|meta|title|div|p|h1|article)\b/i.test(text)
  return { isHtml: htmlTypes.has(type) || (type === '' && looksLikeHtml), text }
}
