/**
 * Duration of an audio file in milliseconds, counted from its frames because a header may claim
 * anything. Undefined when it is not audio, or holds none.
 */
export const audioDuration = async (
  bytes: Uint8Array,
  contentType: string,
): Promise<number | undefined> => {
  // Large, and not needed when the audio is stored already.
  const { parseBuffer } = await import('music-metadata')
  const options = { duration: true, skipCovers: true }
  const file = { mimeType: contentType, size: bytes.length }
  const { format } = await parseBuffer(bytes, file, options).catch(() => ({ format: undefined }))
  const milliseconds = Math.round((format?.duration ?? 0) * 1000)
  return milliseconds > 0 ? milliseconds : undefined
}
