/**
 * Records the rehearsal's voices anew, after its lines have changed: `node record-voices.ts`. Needs
 * espeak-ng and ffmpeg; the demo itself does not.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { speech } from '../support/audio/make.ts'
import { voices } from './voices.ts'

for (const { text, file } of Object.values(voices)) {
  const format = file.endsWith('.webm') ? 'webm-recorded' : 'mp3'
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, await speech(text, { format }))
}
