/** espeak-ng and ffmpeg, for the scripts that record voices; tests read what these have made. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { AudioFormat } from './recordings.ts'

const opus = ['-c:a', 'libopus', '-b:a', '16k']
const aac = ['-c:a', 'aac', '-b:a', '24k', '-ar', '16000']

/** ffmpeg's arguments for the output. */
const outputs: Record<AudioFormat, readonly string[]> = {
  wav: ['-c:a', 'pcm_s16le', '-ar', '8000', '-f', 'wav'],
  mp3: ['-c:a', 'libmp3lame', '-b:a', '24k', '-ar', '16000', '-f', 'mp3'],
  m4a: [...aac, '-f', 'ipod'],
  mp4: [...aac, '-f', 'mp4'],
  flac: ['-c:a', 'flac', '-ar', '8000', '-f', 'flac'],
  'ogg-opus': [...opus, '-f', 'ogg'],
  'ogg-vorbis': ['-c:a', 'libvorbis', '-q:a', '0', '-ar', '16000', '-f', 'ogg'],
  webm: [...opus, '-f', 'webm'],
  'webm-recorded': [...opus, '-f', 'webm', '-live', '1'],
  'mp4-recorded': [...aac, '-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4'],
}

/** @throws Error that names the Debian packages when the program is not installed, or what it said */
const run = (program: 'espeak-ng' | 'ffmpeg', args: readonly string[], input = ''): void => {
  const { error, status, stderr } = spawnSync(program, args, { input })
  if (error) {
    throw new Error(`Recording needs ${program}. On Debian: apt-get install -y espeak-ng ffmpeg`, {
      cause: error,
    })
  }
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr}`)
}

/** Writes a file; without a format, the input's own arguments say what it is. */
export const encode = (options: {
  input: readonly string[]
  format?: AudioFormat
  file: string
}): void => {
  const { input, format, file } = options
  const output = format === undefined ? [] : outputs[format]
  // No banner, no metadata with versions and dates: the same bytes each time.
  const quiet = ['-nostdin', '-loglevel', 'error', '-y']
  run('ffmpeg', [...quiet, ...input, ...output, '-fflags', '+bitexact', file])
}

/** Writes a text as espeak-ng says it, Korean where it is written in Hangul and else English. */
export const speak = (options: {
  text: string
  format: AudioFormat
  file: string
  /** A folder for what is made on the way. */
  workspace: string
}): void => {
  const { text, format, file, workspace } = options
  const language = /\p{Script=Hangul}/u.test(text) ? 'ko' : 'en-us'
  const spoken = join(workspace, 'speech.wav')
  run('espeak-ng', ['-v', language, '-s', '160', '-b', '1', '--stdin', '-w', spoken], text)
  encode({ input: ['-i', spoken], format, file })
}
