const ascii = (bytes: Uint8Array, from: number, text: string): boolean =>
  [...text].every((character, index) => bytes[from + index] === character.charCodeAt(0))

const starts = (bytes: Uint8Array, ...values: number[]): boolean =>
  values.every((value, index) => bytes[index] === value)

/** What files of each type begin with, as far as a vendor may be asked for them. */
const signatures: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  'image/png': (bytes) => starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/jpeg': (bytes) => starts(bytes, 0xff, 0xd8, 0xff),
  'image/webp': (bytes) => ascii(bytes, 0, 'RIFF') && ascii(bytes, 8, 'WEBP'),
  'audio/wav': (bytes) => ascii(bytes, 0, 'RIFF') && ascii(bytes, 8, 'WAVE'),
  // With an ID3 tag, or at once with a frame.
  'audio/mpeg': (bytes) =>
    ascii(bytes, 0, 'ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0),
  'video/mp4': (bytes) => ascii(bytes, 4, 'ftyp'),
  'application/json': (bytes) => starts(bytes, 0x7b) || starts(bytes, 0x5b),
}

/** Bytes that no file worth its price is shorter than. */
const fewestBytes = 32

/** What is wrong with bytes that a vendor sent as a file of this type; undefined when it may be one. */
export const signatureProblem = (bytes: Uint8Array, contentType: string): string | undefined => {
  if (bytes.length === 0) return 'no data'
  if (bytes.length < fewestBytes) return `${bytes.length} bytes`
  const matches = signatures[contentType.split(';')[0] ?? '']
  return matches && !matches(bytes) ? `no ${contentType}` : undefined
}
