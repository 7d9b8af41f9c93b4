import { asBuffer } from './audio-content.ts'
import { bareBoxes } from './bare-boxes.ts'
import { bareElements } from './bare-elements.ts'
import type { Container } from './container.ts'
import { bareFlac } from './flac.ts'
import { bareMp3 } from './mp3.ts'
import { readPages } from './ogg-pages.ts'
import { bareWav } from './wav-reader.ts'

const bareOf: Record<Container, (bytes: Buffer) => Buffer> = {
  wav: bareWav,
  mp3: bareMp3,
  flac: bareFlac,
  ogg: (bytes) => readPages(bytes).bytes,
  mp4: bareBoxes,
  webm: bareElements,
}

/**
 * A recording that was read as good, without anything inaudible: tags, pictures, notes, space that
 * a writer may fill, bytes between and behind. The sound's own bytes stay as they are. What Ogg carries
 * as comments stays too: they are a part of its stream.
 */
export const bareRecording = (recording: Uint8Array, container: Container): Uint8Array =>
  bareOf[container](asBuffer(recording))
