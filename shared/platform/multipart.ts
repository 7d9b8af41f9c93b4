import { decodeUtf8 } from '../contracts/text.ts'
import { invalidInput, notUtf8 } from './field-errors.ts'

/**
 * One part of a multipart/form-data body. A part with a file name is a file, also when that is empty; so is
 * one whose content type is no text's.
 */
export interface Part {
  name: string
  filename: string | undefined
  contentType: string
  content: Buffer
}

const maxParts = 20
/** Bytes of one part's header lines. */
const maxHeaderBytes = 8 * 1024

const malformed = () =>
  invalidInput([{ path: 'body', message: 'must be readable multipart/form-data' }])

const boundaryOf = (contentType: string): string => {
  const [, quoted, token] =
    /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ?? []
  const boundary = quoted ?? token
  if (boundary === undefined) throw malformed()
  return boundary
}

/** Browsers escape a quotation mark as `%22`, other clients as `\"`; a backslash else is itself. */
const unescaped = (value: string): string => value.replaceAll(/\\"|%22/g, '"')

const parameter = (disposition: string, wanted: string): string | undefined => {
  const parameters = disposition.matchAll(/;\s*([a-z*]+)\s*=\s*(?:"((?:\\"|[^"])*)"|([^\s;"]*))/gi)
  for (const [, name, quoted, token] of parameters) {
    if (name?.toLowerCase() === wanted) return quoted === undefined ? token : unescaped(quoted)
  }
  return undefined
}

/** A file name in the form of RFC 8187, `UTF-8''%EB%82%B4`, which some clients send beside the plain one. */
const extendedName = (disposition: string): string | undefined => {
  const [, encoded] = /^utf-8'[^']*'(.*)$/i.exec(parameter(disposition, 'filename*') ?? '') ?? []
  if (encoded === undefined) return undefined
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

/** Content types that only a file has; clients may leave its name out, which RFC 7578 allows. */
const isFileType = (contentType: string): boolean =>
  /^(audio|video|image)\/|^application\/octet-stream\b/i.test(contentType)

const headersOf = (bytes: Buffer): Map<string, string> => {
  const text = decodeUtf8(bytes)
  if (text === null) throw notUtf8('body')
  // Mail libraries fold long headers: the next line begins with a blank then.
  const unfolded = text.replaceAll(/\r\n[ \t]+/g, ' ')
  const lines = unfolded.split('\r\n').flatMap((line) => {
    const colon = line.indexOf(':')
    return colon < 1 ? [] : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1)]]
  })
  return new Map(lines as [string, string][])
}

const partOf = (bytes: Buffer): Part => {
  // Header lines end with an empty one, which is the first when there are none.
  const end = bytes.subarray(0, maxHeaderBytes).indexOf('\r\n\r\n')
  if (end < 0) throw malformed()
  const headers = headersOf(bytes.subarray(0, end))
  const disposition = headers.get('content-disposition') ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined || !/^\s*form-data\s*;/i.test(disposition)) throw malformed()
  const contentType = headers.get('content-type')?.trim() ?? ''
  return {
    name,
    filename:
      extendedName(disposition) ??
      parameter(disposition, 'filename') ??
      (isFileType(contentType) ? '' : undefined),
    contentType,
    content: bytes.subarray(end + 4),
  }
}

/**
 * The parts of a multipart/form-data body, in order. Names are strict UTF-8, with quotation marks escaped
 * either way. The platform's own parser replaces what is not UTF-8 and refuses a backslash before a quote.
 * @throws StudioError INVALID_INPUT, NOT_UTF8
 */
export const multipartParts = (bytes: Buffer, contentType: string): Part[] => {
  const delimiter = Buffer.from(`\r\n--${boundaryOf(contentType)}`)
  // The first delimiter may stand at the very beginning, without the line end that belongs to the others.
  const first = delimiter.subarray(2)
  const startsAtOnce = bytes.subarray(0, first.length).equals(first)
  let at = startsAtOnce ? first.length : bytes.indexOf(delimiter) + delimiter.length
  if (at < delimiter.length && !startsAtOnce) throw malformed()
  const parts: Part[] = []
  while (bytes.toString('latin1', at, at + 2) !== '--') {
    const next = bytes.indexOf(delimiter, at)
    const padding = /^[ \t]*\r\n/.exec(bytes.toString('latin1', at, at + 100))
    if (next < 0 || padding === null || parts.length >= maxParts) throw malformed()
    parts.push(partOf(bytes.subarray(at + padding[0].length, next)))
    at = next + delimiter.length
  }
  return parts
}
