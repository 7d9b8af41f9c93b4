/**
 * Real audio for tests: espeak-ng speaks and ffmpeg encodes. Each recording is made once and then
 * kept under node_modules/.cache/audio, named by what it was made from.
 *
 *   const bytes = await speech('동백 핸드크림을 팔아요', { format: 'webm' })
 *   const quiet = await silence(61, 'wav')
 *   form.set('audio', new Blob([bytes], { type: formats.webm.contentType }), 'voice.webm')
 */
import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer, text as textOf } from 'node:stream/consumers'

interface Format {
  extension: string
  contentType: string
  /** What ffmpeg is told about the output. */
  output: readonly string[]
  /** Some containers can be written only to where the writer may go back. */
  seeks?: boolean
}

const opus = ['-c:a', 'libopus', '-b:a', '24k']
const aac = ['-c:a', 'aac', '-b:a', '48k']

/** The formats that a voice turn takes, and those of browsers' recorders, which know no length. */
export const formats = {
  wav: {
    extension: 'wav',
    contentType: 'audio/wav',
    output: ['-c:a', 'pcm_s16le', '-f', 'wav'],
    seeks: true,
  },
  mp3: {
    extension: 'mp3',
    contentType: 'audio/mpeg',
    output: ['-c:a', 'libmp3lame', '-b:a', '32k', '-f', 'mp3'],
    seeks: true,
  },
  m4a: {
    extension: 'm4a',
    contentType: 'audio/mp4',
    output: [...aac, '-f', 'ipod'],
    seeks: true,
  },
  mp4: {
    extension: 'mp4',
    contentType: 'audio/mp4',
    output: [...aac, '-f', 'mp4'],
    seeks: true,
  },
  flac: {
    extension: 'flac',
    contentType: 'audio/flac',
    output: ['-c:a', 'flac', '-f', 'flac'],
    seeks: true,
  },
  'ogg-opus': {
    extension: 'ogg',
    contentType: 'audio/ogg',
    output: [...opus, '-f', 'ogg'],
  },
  'ogg-vorbis': {
    extension: 'ogg',
    contentType: 'audio/ogg',
    output: ['-c:a', 'libvorbis', '-q:a', '1', '-f', 'ogg'],
  },
  webm: {
    extension: 'webm',
    contentType: 'audio/webm',
    output: [...opus, '-f', 'webm'],
    seeks: true,
  },
  /** As Chrome and Firefox record: clusters as they come, no duration in the header. */
  'webm-recorded': {
    extension: 'webm',
    contentType: 'audio/webm',
    output: [...opus, '-f', 'webm', '-live', '1'],
  },
  /** As Safari records: fragments, no duration in the header. */
  'mp4-recorded': {
    extension: 'mp4',
    contentType: 'audio/mp4',
    output: [...aac, '-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-f', 'mp4'],
  },
} as const satisfies Record<string, Format>

export type AudioFormat = keyof typeof formats

const folder = join(import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'audio')

/** @throws Error that names the Debian packages when the program is not installed, or what it said */
const run = async (
  program: 'espeak-ng' | 'ffmpeg',
  args: string[],
  input = '',
): Promise<Buffer> => {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const started = once(child, 'spawn').catch((cause: unknown) => {
    throw new Error(
      `Audio for tests needs ${program}, which is not installed. On Debian: apt-get install -y espeak-ng ffmpeg`,
      { cause },
    )
  })
  await started
  child.stdin.on('error', () => {}).end(input)
  const [out, said] = await Promise.all([
    buffer(child.stdout),
    textOf(child.stderr),
    once(child, 'close'),
  ])
  if (child.exitCode !== 0) throw new Error(`${program} ended with ${child.exitCode}: ${said}`)
  return out
}

/** Makes it once; whoever asks at the same time makes the same bytes and the last one keeps them. */
const kept = async (recipe: unknown, make: () => Promise<Buffer>): Promise<Buffer> => {
  const name = createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 32)
  const file = join(folder, name)
  const known = await readFile(file).catch(() => undefined)
  if (known) return known
  await mkdir(folder, { recursive: true })
  const made = await make()
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, made)
  await rename(draft, file)
  return made
}

const encode = async (input: string[], format: AudioFormat, source = ''): Promise<Buffer> => {
  const { output, seeks = false }: Format = formats[format]
  // No banner, no metadata with versions and dates: the same bytes each time.
  const quiet = ['-nostdin', '-loglevel', 'error', '-y', ...input, '-fflags', '+bitexact']
  if (!seeks) return run('ffmpeg', [...quiet, ...output, 'pipe:1'], source)
  await mkdir(folder, { recursive: true })
  const file = join(folder, `${randomUUID()}.part`)
  try {
    await run('ffmpeg', [...quiet, ...output, file], source)
    return await readFile(file)
  } finally {
    await rm(file, { force: true })
  }
}

export interface SpeechOptions {
  /** Korean when not given. */
  language?: 'ko' | 'en-us'
  /** WAV when not given. */
  format?: AudioFormat
  /** Words a minute, 160 when not given. */
  pace?: number
}

/** A text as espeak-ng says it: mono, 22,050 Hz before it is encoded. */
export const speech = (text: string, options: SpeechOptions = {}): Promise<Buffer> => {
  const { language = 'ko', format = 'wav', pace = 160 } = options
  return kept(['speech', text, language, pace, formats[format].output], async () => {
    await mkdir(folder, { recursive: true })
    const file = join(folder, `${randomUUID()}.wav`)
    try {
      await run(
        'espeak-ng',
        ['-v', language, '-s', `${pace}`, '-b', '1', '--stdin', '-w', file],
        text,
      )
      return await encode(['-i', file], format)
    } finally {
      await rm(file, { force: true })
    }
  })
}

/** So many seconds of nothing, mono, 16,000 Hz unless the codec wants another. */
export const silence = (seconds: number, format: AudioFormat = 'wav'): Promise<Buffer> =>
  kept(['silence', seconds, formats[format].output], () =>
    encode(['-f', 'lavfi', '-t', `${seconds}`, '-i', 'anullsrc=r=16000:cl=mono'], format),
  )

/** The same recording in another format, and at another rate if one is given. */
export const converted = (
  bytes: Buffer,
  format: AudioFormat,
  options: { rate?: number } = {},
): Promise<Buffer> => {
  const digest = createHash('sha256').update(bytes).digest('hex')
  const rate = options.rate === undefined ? [] : ['-ar', `${options.rate}`]
  return kept(['converted', digest, rate, formats[format].output], async () => {
    await mkdir(folder, { recursive: true })
    const file = join(folder, `${randomUUID()}.source`)
    try {
      await writeFile(file, bytes)
      return await encode(['-i', file, ...rate], format)
    } finally {
      await rm(file, { force: true })
    }
  })
}

/** Whatever else ffmpeg makes of these arguments, which name inputs and format but no output. */
export const made = (args: readonly string[]): Promise<Buffer> =>
  kept(['made', args], async () => {
    await mkdir(folder, { recursive: true })
    const file = join(folder, `${randomUUID()}.part`)
    try {
      const quiet = ['-nostdin', '-loglevel', 'error', '-y']
      await run('ffmpeg', [...quiet, ...args, '-fflags', '+bitexact', file])
      return await readFile(file)
    } finally {
      await rm(file, { force: true })
    }
  })
