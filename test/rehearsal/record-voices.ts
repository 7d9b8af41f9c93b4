/**
 * Records the rehearsal's voices anew, after its lines have changed: `node
 * test/rehearsal/record-voices.ts`. Needs espeak-ng and ffmpeg; the demo and the tests do not.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { speak } from '../support/audio/synthetic-speech.ts'
import { textsFile, voices } from './voices.ts'

const workspace = await mkdtemp(join(tmpdir(), 'launch-studio-voices-'))
try {
  await mkdir(dirname(textsFile), { recursive: true })
  for (const { text, file } of Object.values(voices)) {
    speak({ text, format: file.endsWith('.webm') ? 'webm-recorded' : 'mp3', file, workspace })
  }
  const texts = Object.entries(voices).map(([name, { text }]) => [name, text])
  await writeFile(textsFile, `${JSON.stringify(Object.fromEntries(texts), null, 2)}\n`)
} finally {
  await rm(workspace, { recursive: true, force: true })
}
