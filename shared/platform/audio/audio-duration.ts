import { readMp3 } from './mp3.ts'
import { readWav } from './wav-reader.ts'

/**
 * Duration of MP3 or WAV in milliseconds, counted from its frames because a header may claim anything.
 * Undefined when it is not audio of this content type, or holds none.
 */
export const audioDuration = (bytes: Uint8Array, contentType: string): number | undefined => {
  const content = contentType === 'audio/wav' ? readWav(bytes) : readMp3(bytes)
  return content.kind === 'sound' ? Math.round(content.seconds * 1000) || undefined : undefined
}
