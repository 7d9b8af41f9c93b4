/**
 * How long an audio file really lasts, in milliseconds, counted from its frames rather than taken
 * from a header's word. Undefined for what is no audio, or has none of it.
 */
export const audioDuration = async (
  bytes: Uint8Array,
  contentType: string,
): Promise<number | undefined> => {
  // Large, and not needed where the audio was made before.
  const { parseBuffer } = await import('music-metadata')
  const options = { duration: true, skipCovers: true }
  const file = { mimeType: contentType, size: bytes.length }
  const { format } = await parseBuffer(bytes, file, options).catch(() => ({ format: undefined }))
  const milliseconds = Math.round((format?.duration ?? 0) * 1000)
  return milliseconds > 0 ? milliseconds : undefined
}
