/**
 * The promise of the recording's inspection: whatever recorder put it together, and whatever its headers
 * claim, it is measured to 50 ms; two in one file are refused; and no bytes make the inspection fail.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../shared/contracts/errors.ts'
import { audioSecondsLimit } from '../../shared/contracts/voice.ts'
import { wavFile } from '../../shared/platform/audio/wav.ts'
import { inspectAudio } from '../../shared/services/voice/audio-inspection.ts'
import {
  aacTrack,
  fragmentedMp4,
  heAacTrack,
  type Mp4Track,
  mp4File,
  opusTrack,
  secondsOf,
} from '../support/audio/mp4-files.ts'
import { silence } from '../support/audio/recordings.ts'
import { remuxed, remuxedFormats } from '../support/audio/remuxed.ts'
import { holds, propertyLimit } from '../support/limits/properties.ts'

interface Made {
  bytes: Buffer
  /** Seconds of sound in it. */
  seconds: number
}

/** Seconds that an inspection finds, also those for which it refuses; or the rule that it names. */
const found = async (bytes: Uint8Array): Promise<number | string> => {
  try {
    return (await inspectAudio(bytes)).seconds
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    const rule = error.errors?.[0]?.message ?? error.message
    const [, lasts] = /it lasts ([\d.]+) s$/.exec(rule) ?? []
    return lasts === undefined ? rule : Number(lasts)
  }
}

/** A refusal says a tenth of a second. */
const expectMeasured = async ({ bytes, seconds }: Made): Promise<void> => {
  const measured = await found(bytes)
  expect(measured).toBeTypeOf('number')
  const isRounded = seconds < 0.55 || seconds > audioSecondsLimit + 0.2
  expect(Math.abs(Number(measured) - seconds)).toBeLessThan(isRounded ? 0.1001 : 0.05)
}

const tracks: Record<string, (packets: number) => Mp4Track | Promise<Mp4Track>> = {
  aac: aacTrack,
  heAac: heAacTrack,
  opus: opusTrack,
}

const mp4 = fc
  .record({
    codec: fc.constantFrom('aac', 'heAac', 'opus'),
    packets: fc.oneof(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 900, max: 1000 })),
    brand: fc.constantFrom('isom', '3gp4', '3gp5', 'M4A ', 'qt  ', 'dash', 'none'),
    claimed: fc.option(fc.integer({ min: 0, max: 0xff_ff_ff_ff }), { nil: undefined }),
    durationIn: fc.option(fc.constantFrom('trun', 'tfhd', 'trex'), { nil: undefined }),
    packetsPerFragment: fc.integer({ min: 1, max: 60 }),
  })
  .map(
    async ({ codec, packets, brand, claimed, durationIn, packetsPerFragment }): Promise<Made> => {
      const track = await (tracks[codec] ?? opusTrack)(packets)
      const options = { brand, ...(claimed === undefined ? {} : { claimed }) }
      const bytes =
        durationIn === undefined
          ? mp4File(track, options)
          : fragmentedMp4(track, { ...options, durationIn, packetsPerFragment })
      return { bytes, seconds: secondsOf(track) }
    },
  )

/** Lengths in the header of a WAV file as they are, as a streaming recorder writes them, or too large. */
const wav = fc
  .record({
    frames: fc.integer({ min: 4000, max: 500_000 }),
    rate: fc.constantFrom(8000, 16_000, 44_100, 48_000),
    channels: fc.constantFrom(1, 2),
    riff: fc.constantFrom(undefined, 0, 0xff_ff_ff_ff, 36),
    data: fc.constantFrom(undefined, 0, 0xff_ff_ff_ff, 0x7f_ff_ff_00),
    list: fc.integer({ min: 0, max: 40 }),
  })
  .map(async ({ frames, rate, channels, riff, data, list }): Promise<Made> => {
    const format = { rate, channels, bits: 16 }
    const bytes = wavFile(Buffer.alloc(frames * channels * 2, 0x35), format)
    if (riff !== undefined) bytes.writeUInt32LE(riff, 4)
    if (data !== undefined) bytes.writeUInt32LE(data, 40)
    const chunk = Buffer.alloc(8 + list + (list % 2))
    chunk.write('LIST')
    chunk.writeUInt32LE(list, 4)
    const whole = Buffer.concat([bytes.subarray(0, 36), chunk, bytes.subarray(36)])
    return { bytes: whole, seconds: frames / rate }
  })

const tag = (name: string, bytes: number): Buffer =>
  Buffer.concat([Buffer.from(name), Buffer.alloc(bytes)])

const mp3 = fc
  .record({
    frames: fc.integer({ min: 25, max: 2600 }),
    before: fc.constantFrom('nothing', 'zeros', 'ID3'),
    behind: fc.constantFrom('nothing', 'zeros', 'ID3v1'),
  })
  .map(async ({ frames, before, behind }): Promise<Made> => {
    const frame = (await silence(0.02, 'mp3')).subarray(0, 96)
    const start = {
      nothing: Buffer.alloc(0),
      zeros: Buffer.alloc(1000),
      ID3: tag('ID3\x04\0\0\0\0\x01\x00', 128),
    }
    const end = { nothing: Buffer.alloc(0), zeros: Buffer.alloc(1000), ID3v1: tag('TAG', 125) }
    const body = Array<Buffer>(frames).fill(frame)
    return {
      bytes: Buffer.concat([start[before as 'zeros'], ...body, end[behind as 'zeros']]),
      seconds: frames * 0.024,
    }
  })

const others = fc
  .record({ format: fc.constantFrom(...remuxedFormats), count: fc.integer({ min: 30, max: 400 }) })
  .map(({ format, count }): Promise<Made> => remuxed(format, count))

const any = fc.oneof(mp4, wav, mp3, others)

const several = 'must hold one recording, not several one after another'

/** Bytes at a place between the beginning, 0, and the end, 1. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
})

describe('an inspection', { timeout: propertyLimit() }, () => {
  it('measures any recording of real packets to 50 ms, whatever its headers claim', async () => {
    const property = fc.asyncProperty(any, async (made) => {
      await expectMeasured(await made)
    })
    await holds(property, { short: 120, full: 2000 })
  })

  it('refuses two recordings in one file', async () => {
    const property = fc.asyncProperty(fc.oneof(mp4, wav, others), async (made) => {
      const { bytes } = await made
      expect(await found(Buffer.concat([bytes, bytes]))).toBe(several)
    })
    await holds(property, { short: 60, full: 600 })
  })

  it('measures two recordings of MP3, which has no header, together or refuses them', async () => {
    const property = fc.asyncProperty(mp3, mp3, async (one, other) => {
      const [first, second] = [await one, await other]
      const measured = await found(Buffer.concat([first.bytes, second.bytes]))
      const sum = first.seconds + second.seconds
      if (typeof measured === 'number') expect(Math.abs(measured - sum)).toBeLessThan(0.11)
      else expect(measured).toBe(several)
    })
    await holds(property, { short: 30, full: 300 })
  })

  it('counts no more than is there when the end is cut off', async () => {
    const share = fc.double({ min: 0.3, max: 1, noNaN: true })
    const property = fc.asyncProperty(fc.oneof(wav, mp3), share, async (made, kept) => {
      const { bytes, seconds } = await made
      const measured = await found(bytes.subarray(0, Math.ceil(bytes.length * kept)))
      // Tags and zeros are no sound.
      if (typeof measured === 'number') expect(measured).toBeLessThan(seconds * kept + 0.2)
    })
    await holds(property, { short: 40, full: 400 })
  })

  it('ends with a measure or a named refusal when a recording is damaged', async () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 12 })
    const property = fc.asyncProperty(any, changes, async (made, list) => {
      const bytes = Buffer.from((await made).bytes)
      // Headers lie at the beginning, so most changes go there.
      for (const { at, bytes: content } of list) {
        bytes.set(content, Math.floor(at ** 4 * Math.max(0, bytes.length - content.length)))
      }
      expect(typeof (await found(bytes))).toMatch(/^(number|string)$/)
    })
    await holds(property, { short: 200, full: 5000 })
  })

  it('ends with a named refusal when the bytes are any', async () => {
    const start = fc.constantFrom('', 'RIFF....WAVEfmt ', 'OggS', 'fLaC', 'ID3', '\x1aE\xdf\xa3')
    const property = fc.asyncProperty(
      start,
      fc.uint8Array({ maxLength: 400 }),
      async (head, rest) => {
        const bytes = Buffer.concat([Buffer.from(head, 'latin1'), rest])
        expect(typeof (await found(bytes))).toMatch(/^(number|string)$/)
      },
    )
    await holds(property, { short: 300, full: 5000 })
  })
})
