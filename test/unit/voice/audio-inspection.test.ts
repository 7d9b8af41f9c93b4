import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { wavFile } from '../../../shared/platform/audio/wav.ts'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import {
  type AudioFormat,
  formats,
  refused,
  silence,
  speech,
} from '../../support/audio/recordings.ts'

const recording = (format: AudioFormat): Promise<Buffer> =>
  speech('안녕하세요. 동백 핸드크림을 팔아요.', format)

/** The format of a recording, or the problem's code and the rule. */
const inspected = async (bytes: Uint8Array): Promise<string> => {
  try {
    return (await inspectAudio(bytes)).format
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    return `${error.code}: ${error.errors?.[0]?.message ?? error.message}`
  }
}

const first = async (format: AudioFormat, bytes: number): Promise<Buffer> =>
  (await recording(format)).subarray(0, bytes)

/** What a browser writes before the first cluster of sound. */
const webmHeader = async (): Promise<Buffer> => {
  const bytes = await recording('webm-recorded')
  return bytes.subarray(0, bytes.indexOf(Buffer.from([0x1f, 0x43, 0xb6, 0x75])))
}

/** A recording whose middle is overwritten. */
const scratched = async (format: AudioFormat): Promise<Buffer> => {
  const bytes = Buffer.from(await recording(format))
  return bytes.fill(0x5a, 600, bytes.length - 200)
}

/** A ZIP archive with one file, as small as can be. */
const zip = (): Buffer => {
  const name = Buffer.from('voice.wav')
  const data = deflateRawSync(Buffer.from('RIFF'))
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(20, 4)
  head.writeUInt16LE(8, 8)
  head.writeUInt32LE(data.length, 18)
  head.writeUInt32LE(4, 22)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name, data])
}

const pcm = { rate: 8000, channels: 1, bits: 16 }

/** A WAV file as it is streamed: the length in its header is the largest there is. */
const streamedWav = (): Buffer => {
  const file = wavFile(new Uint8Array(2 * 8000 * 2), pcm)
  file.writeUInt32LE(0xffffffff, 4)
  file.writeUInt32LE(0xffffffff, 40)
  return file
}

describe('a good recording', () => {
  it.each([
    ['wav', 'wav'],
    ['mp3', 'mp3'],
    ['m4a', 'm4a'],
    ['mp4', 'mp4'],
    ['flac', 'flac'],
    ['ogg-opus', 'ogg'],
    ['ogg-vorbis', 'ogg'],
    ['webm', 'webm'],
    ['webm-recorded', 'webm'],
    ['mp4-recorded', 'mp4'],
  ] as const)('in %s is known by its bytes, and measured', async (format, known) => {
    const { seconds } = await inspectAudio(await recording('wav'))
    const measured = await inspectAudio(await recording(format))
    expect(measured.format).toBe(known)
    expect(Math.abs(measured.seconds - seconds)).toBeLessThan(0.15)
    expect(Object.keys(formats)).toContain(format)
  })

  it.each(['mp3', 'm4a', 'webm-recorded', 'ogg-opus'] as const)(
    'of a minute passes in %s, though its codec fills the last frame',
    async (format) => {
      expect(await inspected(await silence(60, format))).not.toContain('INVALID')
    },
  )

  it('that was streamed as WAV counts for what it holds', async () => {
    expect(await inspectAudio(streamedWav())).toMatchObject({ format: 'wav', seconds: 2 })
  })

  it('that was cut off counts as far as it goes', async () => {
    for (const format of ['wav', 'ogg-opus', 'webm-recorded'] as const) {
      const whole = await recording(format)
      const { seconds } = await inspectAudio(whole.subarray(0, whole.length / 2))
      // A recorder writes clusters of a second; the one that was cut does not count.
      expect(seconds).toBeGreaterThan(0.9)
      expect(seconds).toBeLessThan(3)
    }
  })
})

const unreadable = (format: string): string => `INVALID_INPUT: must be readable as ${format}`
const noSound = 'INVALID_INPUT: must hold sound, and tell how long it is'
const noTrackOrSound = /^INVALID_INPUT: must hold (a track of )?sound/
const noTrack = 'INVALID_INPUT: must hold a track of sound'
const tooShort = /^INVALID_INPUT: must last 0\.5 s at least/
const tooLong = /^INVALID_INPUT: must last 60 s at most; it lasts 61\.\d s$/
const unknown = /^UNSUPPORTED_MEDIA: .* of no format that can be told/

describe('a bad recording is refused by the rule it breaks', () => {
  it.each<[string, () => Promise<Uint8Array> | Uint8Array, string | RegExp]>([
    ['nothing', () => Buffer.alloc(0), 'INVALID_INPUT: must not be empty'],
    ['one byte', () => Buffer.alloc(1), unknown],
    ['a text', () => Buffer.from('RIFF is how it begins, but it goes on as a text.'), unknown],
    ['noise', () => Buffer.alloc(5000, 0x5a), unknown],
    ['a ZIP named .wav', zip, /^UNSUPPORTED_MEDIA: .*application\/zip/],
    ['a PDF', () => Buffer.from('%PDF-1.7\n%âãÏÓ\n'), /^UNSUPPORTED_MEDIA: .*application\/pdf/],
    [
      'a picture',
      () => Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64'),
      /png/,
    ],
    ['a film in MP4', () => refused('mp4'), /^UNSUPPORTED_MEDIA: .*a video/],
    ['a film in WebM', () => refused('webm'), /^UNSUPPORTED_MEDIA: .*a video/],
    ['a film in Matroska', () => refused('mkv'), /^UNSUPPORTED_MEDIA: .*matroska/],
    ['AIFF', () => refused('aiff'), /^UNSUPPORTED_MEDIA: .*audio\/aiff/],
    ['raw AAC', () => refused('aac'), /^UNSUPPORTED_MEDIA: .*audio\/aac/],
    ['WAV, its first 4 bytes', () => first('wav', 4), unknown],
    ['WAV, half its header', () => first('wav', 20), noTrackOrSound],
    ['WAV, its header alone', () => first('wav', 44), noSound],
    ['WAV, a few samples', () => first('wav', 400), tooShort],
    ['MP3, half a frame', () => first('mp3', 100), noSound],
    ['MP3, its first frame', () => first('mp3', 400), tooShort],
    ['M4A without its index', () => first('m4a', 400), unreadable('mp4')],
    [
      'MP4 cut in the middle',
      async () => first('mp4', (await recording('mp4')).length / 2),
      unreadable('mp4'),
    ],
    ['recorded MP4, its first box', () => first('mp4-recorded', 20), unreadable('mp4')],
    ['recorded MP4, scratched', () => scratched('mp4-recorded'), /^INVALID_INPUT: must/],
    ['FLAC, its name alone', () => first('flac', 4), unknown],
    ['FLAC, its header alone', () => first('flac', 100), noTrackOrSound],
    ['Ogg, its first page', () => first('ogg-opus', 100), noTrack],
    ['Ogg, scratched', () => scratched('ogg-opus'), /^INVALID_INPUT: must/],
    ['Vorbis, half its header', () => first('ogg-vorbis', 100), noTrack],
    ['WebM, half its header', () => first('webm-recorded', 100), unreadable('webm')],
    ['WebM, its header alone', webmHeader, noTrackOrSound],
    ['WebM, scratched', () => scratched('webm-recorded'), tooShort],
    ['61 s of WAV', () => silence(61, 'wav'), tooLong],
    ['61 s of MP3', () => silence(61, 'mp3'), tooLong],
    ['61 s of M4A', () => silence(61, 'm4a'), tooLong],
    ['61 s of FLAC', () => silence(61, 'flac'), tooLong],
    ['61 s of Ogg', () => silence(61, 'ogg-opus'), tooLong],
    ['61 s of WebM', () => silence(61, 'webm'), tooLong],
    ['61 s of WebM as recorded', () => silence(61, 'webm-recorded'), tooLong],
    ['61 s of MP4 as recorded', () => silence(61, 'mp4-recorded'), tooLong],
    ['a fifth of a second', () => silence(0.2, 'wav'), tooShort],
  ])('%s', async (_, make, expected) => {
    const found = await inspected(await make())
    if (typeof expected === 'string') expect(found).toBe(expected)
    else expect(found).toMatch(expected)
  })
})

describe('the length of a WebM file', () => {
  it('comes from its blocks, whatever its header claims', async () => {
    const bytes = Buffer.from(await silence(61, 'webm'))
    const at = bytes.indexOf(Buffer.from([0x44, 0x89, 0x88]))
    expect(at).toBeGreaterThan(0)
    bytes.writeDoubleBE(1000, at + 3)
    expect(await inspected(bytes)).toMatch(tooLong)
  })
})
