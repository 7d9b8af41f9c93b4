import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/** What a microphone hears in the tests: a sentence, as a WAV file of 16-bit samples. */
const heard = join(
  import.meta.dirname,
  '..',
  '..',
  'support',
  'audio',
  'recordings',
  'product-wav.wav',
)

/** CHROMIUM, or where Debian has it. @throws Error that says how to get one */
const chromiumFile = (): string => {
  const file = process.env.CHROMIUM || '/usr/bin/chromium'
  if (existsSync(file)) return file
  throw new Error(
    `There is no Chromium at ${file}. On Debian: apt-get install chromium fonts-noto-cjk. Elsewhere, set CHROMIUM to the file of a Chromium or Chrome.`,
  )
}

/** @throws Error that says what to install when there is no browser */
export const requireChromium = (): void => void chromiumFile()

/** A browser whose microphone plays a recorded file, and which nothing asks for leave. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: chromiumFile(),
    // Without a locale it saves a file with a Korean name as `download`.
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' },
    args: [
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      `--use-file-for-fake-audio-capture=${heard}`,
      // Containers have little shared memory.
      '--disable-dev-shm-usage',
    ],
  })
