import { type AudioContent, unreadable } from './audio-content.ts'
import type { Container } from './container.ts'
import { readFlac } from './flac.ts'
import { readMp3 } from './mp3.ts'
import { readWav } from './wav-reader.ts'
import { readWebm } from './webm.ts'

/**
 * What a recording in this container holds. In time linear in its bytes and never with an exception,
 * whatever they are.
 */
export const readAudio = async (bytes: Uint8Array, container: Container): Promise<AudioContent> => {
  const packets = () => import('./packets.ts')
  const readers: Record<Container, () => AudioContent | Promise<AudioContent>> = {
    wav: () => readWav(bytes),
    mp3: () => readMp3(bytes),
    flac: () => readFlac(bytes),
    webm: () => readWebm(bytes),
    ogg: async () => (await packets()).readOgg(bytes),
    mp4: async () => (await packets()).readMp4(bytes),
  }
  try {
    return await readers[container]()
  } catch {
    // Whatever a reader trips over, the bytes do not keep to their format.
    return unreadable(container)
  }
}
