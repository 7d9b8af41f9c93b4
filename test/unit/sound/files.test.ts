import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { readAudio } from '../../../shared/platform/audio/audio-reader.ts'
import { decodeSound } from '../../../shared/platform/sound/decode-sound.ts'
import { encodeSound } from '../../../shared/platform/sound/encode-sound.ts'
import { faded, trimmed } from '../../../shared/platform/sound/ends.ts'
import { loudnessOf } from '../../../shared/platform/sound/loudness.ts'
import { resampled } from '../../../shared/platform/sound/resample.ts'
import {
  asMono,
  asStereo,
  joined,
  silenceOf,
  soundSeconds,
} from '../../../shared/platform/sound/sound.ts'
import { withXmp } from '../../../shared/platform/xmp/sound-xmp.ts'
import { xmpPacket } from '../../../shared/platform/xmp/xmp-packet.ts'
import { digitalSourceTypes } from '../../../shared/rules/digital-source-types.ts'
import { type AudioFormat, fileOf } from '../../support/audio/recordings.ts'
import { rate, sine } from '../../support/sound/signals.ts'

const recording = (format: AudioFormat): Promise<Buffer> => readFile(fileOf('product', format))

describe('Recordings are decoded', () => {
  test.for(['mp3', 'flac', 'ogg-opus', 'webm', 'webm-recorded'] as const)('%s', async (format) => {
    const reference = await decodeSound(await recording('wav'))
    const sound = await decodeSound(await recording(format))
    expect(Math.abs(soundSeconds(sound) - soundSeconds(reference))).toBeLessThan(0.12)
    const levels = [reference, sound].map((one) => loudnessOf(one).integrated ?? 0)
    expect(Math.abs((levels[0] ?? 0) - (levels[1] ?? 0))).toBeLessThan(3)
  })

  test('AAC by a decoder from outside, and without one the missing setting is named', async () => {
    const wav = await recording('wav')
    const sound = await decodeSound(await recording('m4a'), async () => wav)
    expect(soundSeconds(sound)).toBeGreaterThan(2)
    await expect(decodeSound(await recording('m4a'))).rejects.toMatchObject({
      code: 'CAPABILITY_NOT_CONFIGURED',
      message: expect.stringContaining('FFMPEG_PATH'),
    })
  })

  test.for<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['text', Buffer.from('{"error": "no voice today"}')],
    ['a header alone', Buffer.from('RIFF\x24\0\0\0WAVEfmt ', 'latin1')],
    [
      'MP3 of frames without data',
      Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(9)]),
    ],
  ])('not %s', async ([, bytes]) => {
    await expect(decodeSound(bytes)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  })

  test('not an hour in a small file', async () => {
    // A WAV whose header makes a byte a frame, at one frame a second.
    const wav = Buffer.from(await encodeSound(silenceOf(0.1, 8000), 'wav'))
    wav.writeUInt32LE(1, 24)
    await expect(decodeSound(wav)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  })
})

describe('Sound is written', () => {
  const sound = asStereo(joined([sine(1, { channels: 1 }), silenceOf(0.5, rate)]))

  test('as WAV and MP3, and reads back', async () => {
    for (const [extension, delay] of [
      ['wav', 0],
      ['mp3', 0.05],
    ] as const) {
      const back = await decodeSound(await encodeSound(sound, extension))
      expect(back.rate).toBe(rate)
      expect(back.channels).toHaveLength(2)
      expect(Math.abs(soundSeconds(back) - soundSeconds(sound))).toBeLessThanOrEqual(delay)
      const loudness = loudnessOf(back).integrated ?? 0
      expect(Math.abs(loudness - (loudnessOf(sound).integrated ?? 0))).toBeLessThan(0.6)
    }
  })

  test('and says in its metadata where it comes from, in every format', async () => {
    const xmp = xmpPacket({
      digitalSourceType: digitalSourceTypes.trainedAlgorithmicMedia,
      aiSystem: 'A <voice> & more',
    })
    for (const extension of ['wav', 'mp3'] as const) {
      const file = withXmp(await encodeSound(sound, extension), extension, xmp)
      expect(file.toString('utf8')).toContain(
        'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia',
      )
      const content = await readAudio(file, extension)
      expect(content, extension).toMatchObject({ kind: 'sound' })
    }
  })
})

describe('Sound is prepared', () => {
  test('another rate keeps level, length and band', () => {
    for (const from of [8000, 16_000, 22_050, 24_000, 44_100]) {
      const sound = resampled(sine(1, { dbfs: -20, hertz: 1000, at: from }), rate)
      expect(soundSeconds(sound)).toBeCloseTo(1, 4)
      expect(loudnessOf(sound).integrated).toBeCloseTo(-20, 1)
    }
    // What the lower rate cannot hold is left out, and does not come back as another tone.
    const gone = resampled(sine(1, { dbfs: -6, hertz: 10_000 }), 16_000)
    const middle = gone.channels[0]?.subarray(2000, 14_000) ?? new Float32Array()
    expect(loudnessOf({ rate: 16_000, channels: [middle] }).truePeak).toBeLessThan(-70)
  })

  test('silence at both ends goes, but for a breath', () => {
    const { sound, from } = trimmed(
      joined([silenceOf(1.5, rate), sine(1, { channels: 1 }), silenceOf(2, rate)]),
    )
    expect(from).toBeCloseTo(1.38, 2)
    expect(soundSeconds(sound)).toBeCloseTo(1.37, 1)
    expect(trimmed(silenceOf(1, rate)).from).toBe(0)
  })

  test('ends begin and end at zero', () => {
    const samples = faded(sine(0.1, { phase: 1 })).channels[0] ?? new Float32Array()
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.001)
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.001)
  })

  test('two channels become one, and one two', () => {
    const left = sine(0.1, { channels: 1 }).channels[0] ?? new Float32Array()
    const mono = asMono({ rate, channels: [left, left.map((sample) => -sample)] })
    expect(mono.channels).toHaveLength(1)
    expect(loudnessOf(mono).truePeak).toBe(-Infinity)
    expect(asStereo(sine(0.1, { channels: 1 })).channels).toHaveLength(2)
  })
})
