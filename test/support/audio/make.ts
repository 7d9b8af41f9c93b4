/**
 * Makes the recordings of the tests anew, after a sentence or a format was added to recordings.ts:
 * `node test/support/audio/make.ts`. Needs espeak-ng and ffmpeg (on Debian: `apt-get install
 * espeak-ng ffmpeg`), which the tests themselves do not.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  fileOf,
  folder,
  type RefusedMedia,
  refusedFile,
  refusedMedia,
  type Sentence,
  sentences,
  silenceName,
  silences,
} from './recordings.ts'
import { encode, speak } from './synthetic-speech.ts'

const picture = ['-f', 'lavfi', '-t', '1', '-i', 'color=c=blue:s=64x64:r=5']
const tone = ['-f', 'lavfi', '-t', '1', '-i', 'sine=frequency=440:sample_rate=8000']

const refusedRecipes: Record<RefusedMedia, string[]> = {
  mp4: [...picture, ...tone, '-c:v', 'mpeg4', '-c:a', 'aac', '-f', 'mp4'],
  webm: [...picture, ...tone, '-c:v', 'libvpx', '-c:a', 'libopus', '-f', 'webm'],
  mkv: [...picture, ...tone, '-c:v', 'mpeg4', '-c:a', 'aac', '-f', 'matroska'],
  aiff: [...tone, '-f', 'aiff'],
  aac: [...tone, '-c:a', 'aac', '-f', 'adts'],
}

await rm(folder, { recursive: true, force: true })
await mkdir(folder)
const workspace = await mkdtemp(join(tmpdir(), 'launch-studio-audio-'))
try {
  for (const [name, { text, formats }] of Object.entries<Sentence>(sentences)) {
    for (const format of formats) {
      speak({ text, format, file: fileOf(name, format), workspace })
    }
  }
  for (const { seconds, formats } of silences) {
    const quiet = ['-f', 'lavfi', '-t', `${seconds}`, '-i', 'anullsrc=r=16000:cl=mono']
    for (const format of formats) {
      encode({ input: quiet, format, file: fileOf(silenceName(seconds), format) })
    }
  }
  for (const kind of refusedMedia) {
    encode({ input: refusedRecipes[kind], file: refusedFile(kind) })
  }
} finally {
  await rm(workspace, { recursive: true, force: true })
}
