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
  /** Bytes of a second, where packets are of one size. */
  bytesPerSecond?: number
}

/** What is kept in the place of a recording is a recording as long. */
const expectKept = async (bare: Uint8Array, seconds: number): Promise<void> => {
  const kept = await inspectAudio(bare)
  expect(Math.abs(kept.seconds - seconds)).toBeLessThan(0.05)
}

/** Seconds that an inspection finds, also those for which it refuses; or the rule that it names. */
const found = async (bytes: Uint8Array): Promise<number | string> => {
  try {
    const { seconds, bare } = await inspectAudio(bytes)
    await expectKept(bare, seconds)
    return seconds
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

const mp4 = fc.record({
  kind: fc.constant('mp4' as const),
  codec: fc.constantFrom('aac', 'heAac', 'opus'),
  packets: fc.oneof(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 900, max: 1000 })),
  brand: fc.constantFrom('isom', '3gp4', '3gp5', 'M4A ', 'qt  ', 'dash', 'none'),
  claimed: fc.option(fc.integer({ min: 0, max: 0xff_ff_ff_ff }), { nil: 0 }),
  durationIn: fc.constantFrom('stts', 'trun', 'tfhd', 'trex'),
  packetsPerFragment: fc.integer({ min: 1, max: 60 }),
})

/** Lengths in the header of a WAV file as they are, as a streaming recorder writes them, or too large. */
const wav = fc.record({
  kind: fc.constant('wav' as const),
  frames: fc.integer({ min: 4000, max: 500_000 }),
  rate: fc.constantFrom(8000, 16_000, 44_100, 48_000),
  channels: fc.constantFrom(1, 2),
  riff: fc.constantFrom(undefined, 0, 0xff_ff_ff_ff, 36),
  data: fc.constantFrom(undefined, 0, 0xff_ff_ff_ff, 0x7f_ff_ff_00),
  list: fc.integer({ min: 0, max: 40 }),
})

const mp3 = fc.record({
  kind: fc.constant('mp3' as const),
  frames: fc.integer({ min: 25, max: 2600 }),
  before: fc.constantFrom('nothing', 'zeros', 'id3'),
  behind: fc.constantFrom('nothing', 'zeros', 'id3v1'),
})

const others = fc.record({
  kind: fc.constant('remuxed' as const),
  format: fc.constantFrom(...remuxedFormats),
  count: fc.integer({ min: 30, max: 400 }),
})

const any = fc.oneof(mp4, wav, mp3, others)

type Drawn<T> = T extends fc.Arbitrary<infer Value> ? Value : never

const tracks = { aac: aacTrack, heAac: heAacTrack, opus: opusTrack }

const makeMp4 = async ({
  codec,
  packets,
  durationIn,
  ...options
}: Drawn<typeof mp4>): Promise<Made> => {
  const track = await tracks[codec](packets)
  const bytes =
    durationIn === 'stts'
      ? mp4File(track, options)
      : fragmentedMp4(track, { ...options, durationIn })
  return { bytes, seconds: secondsOf(track) }
}

const makeWav = ({ frames, rate, channels, riff, data, list }: Drawn<typeof wav>): Made => {
  const format = { rate, channels, bits: 16 }
  const bytes = wavFile(Buffer.alloc(frames * channels * 2, 0x35), format)
  if (riff !== undefined) bytes.writeUInt32LE(riff, 4)
  if (data !== undefined) bytes.writeUInt32LE(data, 40)
  const chunk = Buffer.alloc(8 + list + (list % 2))
  chunk.write('LIST')
  chunk.writeUInt32LE(list, 4)
  const whole = Buffer.concat([bytes.subarray(0, 36), chunk, bytes.subarray(36)])
  return { bytes: whole, seconds: frames / rate, bytesPerSecond: rate * channels * 2 }
}

/** What stands before and behind the frames of an MP3 file. */
const tags = {
  nothing: Buffer.alloc(0),
  zeros: Buffer.alloc(1000),
  id3: Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x01\0'), Buffer.alloc(128)]),
  id3v1: Buffer.concat([Buffer.from('TAG'), Buffer.alloc(125)]),
}

const makeMp3 = async ({ frames, before, behind }: Drawn<typeof mp3>): Promise<Made> => {
  const frame = await silence(0.024, 'mp3')
  const body = Array<Buffer>(frames).fill(frame)
  return {
    bytes: Buffer.concat([tags[before], ...body, tags[behind]]),
    seconds: frames * 0.024,
    bytesPerSecond: frame.length / 0.024,
  }
}

const make = async (drawn: Drawn<typeof any>): Promise<Made> => {
  if (drawn.kind === 'mp4') return makeMp4(drawn)
  if (drawn.kind === 'wav') return makeWav(drawn)
  return drawn.kind === 'mp3' ? makeMp3(drawn) : remuxed(drawn.format, drawn.count)
}

const several = 'must hold one recording, not several one after another'

/** Bytes at a place between the beginning, 0, and the end, 1. */
const change = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
})

describe('an inspection', { timeout: propertyLimit() }, () => {
  it('measures any recording of real packets to 50 ms, whatever its headers claim', async () => {
    const property = fc.asyncProperty(any, async (made) => {
      await expectMeasured(await make(made))
    })
    await holds(property, { short: 120, full: 2000 })
  })

  it('refuses two recordings in one file', async () => {
    const property = fc.asyncProperty(fc.oneof(mp4, wav, others), async (made) => {
      const { bytes } = await make(made)
      expect(await found(Buffer.concat([bytes, bytes]))).toBe(several)
    })
    await holds(property, { short: 60, full: 600 })
  })

  it('measures two recordings of MP3, which has no header, together or refuses them', async () => {
    const property = fc.asyncProperty(mp3, mp3, async (one, other) => {
      const [first, second] = [await make(one), await make(other)]
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
      const { bytes, seconds, bytesPerSecond = 1 } = await make(made)
      const cut = bytes.subarray(0, Math.ceil(bytes.length * kept))
      const measured = await found(cut)
      if (typeof measured !== 'number') return
      expect(measured).toBeLessThan(Math.min(seconds, cut.length / bytesPerSecond) + 0.1)
    })
    await holds(property, { short: 40, full: 400 })
  })

  it('ends with a measure or a named refusal when a recording is damaged', async () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 12 })
    const property = fc.asyncProperty(any, changes, async (made, list) => {
      const bytes = Buffer.from((await make(made)).bytes)
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
