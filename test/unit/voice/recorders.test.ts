import { describe, expect, it } from 'vitest'
import { StudioError } from '../../../shared/contracts/errors.ts'
import { wavFile } from '../../../shared/platform/audio/wav.ts'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import {
  aacTrack,
  amrTrack,
  box,
  fragmentedMp4,
  heAacTrack,
  mp4File,
  opusTrack,
  sampleEntry,
} from '../../support/audio/mp4-files.ts'
import { silence, speech } from '../../support/audio/recordings.ts'
import { remuxed } from '../../support/audio/remuxed.ts'

/** The format and the seconds of a recording, or the problem's code and the rule or the name. */
const inspected = async (bytes: Uint8Array): Promise<string> => {
  try {
    const { format, seconds, bare } = await inspectAudio(bytes)
    const kept = await inspectAudio(bare)
    expect(kept.format).toBe(format)
    expect(Math.abs(kept.seconds - seconds)).toBeLessThan(0.05)
    return `${format} of ${seconds.toFixed(2)} s`
  } catch (error) {
    if (!(error instanceof StudioError)) throw error
    return `${error.code}: ${error.errors?.[0]?.message ?? error.message}`
  }
}

const several = 'INVALID_INPUT: must hold one recording, not several one after another'
const twice = (bytes: Buffer): Buffer => Buffer.concat([bytes, bytes])

/** A tone at 440 Hz of this amplitude, 0 to 1. */
const tone = (seconds: number, amplitude: number, offset = 0): Buffer => {
  const samples = Buffer.alloc(Math.round(seconds * 8000) * 2)
  for (let at = 0; at < samples.length; at += 2) {
    const wave = Math.sin((2 * Math.PI * 440 * at) / 2 / 8000)
    samples.writeInt16LE(Math.round(32_767 * (amplitude * wave + offset)), at)
  }
  return wavFile(samples, { rate: 8000, channels: 1, bits: 16 })
}

/** A WAV file with these lengths in its header. */
const withLengths = (file: Buffer, riff: number, data: number): Buffer => {
  const bytes = Buffer.from(file)
  bytes.writeUInt32LE(riff, 4)
  bytes.writeUInt32LE(data, 40)
  return bytes
}

/** A WAV file of GSM whose header states blocks of so many bytes; they have 65 each, 25 a second. */
const gsm = (seconds: number, block: number): Buffer => {
  const blocks = Buffer.alloc(65 * 25 * seconds, 0xd0)
  const file = wavFile(blocks, { rate: 8000, channels: 1, bits: 8 })
  file.writeUInt16LE(0x31, 20)
  file.writeUInt16LE(block, 32)
  return file
}

const webmIds = { segment: '18538067', tracks: '1654ae6b', entry: 'ae', cluster: '1f43b675' }

/** A WebM file of 32 s, up to an element and from it on. */
const splitWebm = async (id: keyof typeof webmIds) => {
  const { bytes } = await remuxed('webm', 1600)
  // The index in front of the tracks names them, too.
  const tracks = bytes.lastIndexOf(Buffer.from(webmIds.tracks, 'hex'))
  const from = { segment: 0, tracks, entry: tracks + 4, cluster: tracks }[id]
  const at = bytes.indexOf(Buffer.from(webmIds[id], 'hex'), from)
  return { bytes, before: bytes.subarray(0, at), rest: bytes.subarray(at) }
}

/** Such a file, and behind it another one from the element on. */
const secondFrom = async (id: keyof typeof webmIds, between = Buffer.alloc(0)): Promise<Buffer> => {
  const { bytes, rest } = await splitWebm(id)
  return Buffer.concat([bytes, between, rest])
}

describe('a recording is known by its structure', () => {
  it.each<[string, () => Promise<Buffer>, string]>([
    [
      'AAC of a Samsung recorder',
      async () => mp4File(await aacTrack(), { brand: '3gp4' }),
      'mp4 of 3.20 s',
    ],
    ['AAC in 3GP', async () => mp4File(await aacTrack(), { brand: '3gp5' }), 'mp4 of 3.20 s'],
    ['AAC in QuickTime', async () => mp4File(await aacTrack(), { brand: 'qt  ' }), 'mp4 of 3.20 s'],
    [
      'AAC whose file begins with free space',
      async () => Buffer.concat([box('free', Buffer.alloc(20)), mp4File(await aacTrack())]),
      'mp4 of 3.20 s',
    ],
    [
      'AAC with what Samsung writes behind it',
      async () =>
        Buffer.concat([mp4File(await aacTrack()), Buffer.from('\0\0\x0a\x0aSEFH\0\0\0SEFT')]),
      'mp4 of 3.20 s',
    ],
    [
      'QuickTime that begins without its family',
      async () => mp4File(await aacTrack()).subarray(24),
      'mp4 of 3.20 s',
    ],
    ['AAC in M4A', async () => mp4File(await aacTrack(), { brand: 'M4A ' }), 'm4a of 3.20 s'],
    ['HE-AAC', async () => mp4File(await heAacTrack()), 'mp4 of 3.20 s'],
    ['Opus in MP4', async () => mp4File(opusTrack()), 'mp4 of 3.00 s'],
    ['Opus in fragments', async () => fragmentedMp4(opusTrack()), 'mp4 of 3.00 s'],
    [
      'fragments whose durations stand once for all',
      async () => fragmentedMp4(await aacTrack(), { durationIn: 'trex' }),
      'mp4 of 3.20 s',
    ],
    [
      'fragments whose durations stand in each header',
      async () => fragmentedMp4(await aacTrack(), { durationIn: 'tfhd' }),
      'mp4 of 3.20 s',
    ],
    ['GSM in WAV', async () => gsm(2, 65), 'wav of 2.00 s'],
    [
      'MP3 that begins within a frame',
      async () => Buffer.concat([Buffer.alloc(56, 0x5a), await silence(3, 'mp3')]),
      'mp3 of 3.00 s',
    ],
    ['WAV without lengths', async () => withLengths(tone(2, 0.5), 0, 0), 'wav of 2.00 s'],
    [
      'WAV without a length of the file',
      async () => withLengths(tone(2, 0.5), 0, 32_000),
      'wav of 2.00 s',
    ],
    [
      'WAV with the largest lengths',
      async () => withLengths(tone(2, 0.5), 0xffffffff, 0xffffffff),
      'wav of 2.00 s',
    ],
  ])('%s', async (_, make, expected) => {
    expect(await inspected(await make())).toBe(expected)
  })
})

describe('a header is not believed', () => {
  it('that says milliseconds in a scale of 48 kHz', async () => {
    expect(await inspected(mp4File(opusTrack(), { claimed: 3000 }))).toBe('mp4 of 3.00 s')
  })

  it('that says 45 s and holds 600 s', async () => {
    const long = mp4File(await aacTrack(9375), { claimed: 45 * 16_000 })
    expect(await inspected(long)).toBe('INVALID_INPUT: must last 60 s at most; it lasts 600.0 s')
  })

  it('that makes each packet of Opus a tenth as long as it is', async () => {
    const dense = mp4File({ ...opusTrack(6000), duration: 96 })
    expect(await inspected(dense)).toContain('it lasts 120.0 s')
  })

  it('that makes a second of AAC ten times as many ticks', async () => {
    const dense = mp4File({ ...(await aacTrack(2000)), timescale: 160_000 })
    expect(await inspected(dense)).toContain('it lasts 128.0 s')
  })

  it('that makes a block of GSM a hundred times as large', async () => {
    expect(await inspected(gsm(600, 65))).toContain('it lasts 600.0 s')
    expect(await inspected(gsm(600, 6500))).toBe('INVALID_INPUT: must be readable as wav')
  })

  it('that describes the track of a WebM file again', async () => {
    expect(await inspected(await secondFrom('entry'))).toContain('it lasts 64.0 s')
  })

  it('that names its codec again, with times that say nothing', async () => {
    const { bytes, before, rest } = await splitWebm('cluster')
    bytes.writeUIntBE(1, bytes.indexOf(Buffer.from('2ad7b183', 'hex')) + 4, 3)
    const codec = Buffer.from('\x86\x86A_FLAC', 'latin1')
    expect(await inspected(Buffer.concat([before, codec, rest]))).toBe('webm of 32.00 s')
  })

  it('whose times begin again, in a codec that is not looked into', async () => {
    const { bytes, rest } = await splitWebm('cluster')
    bytes.write('A_FLAC', bytes.indexOf('A_OPUS'), 'latin1')
    expect(await inspected(Buffer.concat([bytes, rest]))).toContain('it lasts 64.0 s')
  })

  it('that says one sample a tick for four thousand million of them', async () => {
    for (const [table, offset] of [
      ['stts', 12],
      ['stsz', 12],
      ['stsc', 12],
      ['stsc', 16],
    ] as const) {
      const bytes = mp4File(await aacTrack())
      bytes.writeUInt32BE(0xffffffff, bytes.indexOf(table) + offset)
      expect(await inspected(bytes)).toMatch(/^INVALID_INPUT: must (not be cut|be readable)/)
    }
  })

  it('whose packets are not in the file', async () => {
    const { packets, ...track } = await aacTrack(50)
    const claimed = mp4File({ ...track, packets })
    const cut = Buffer.concat([
      claimed.subarray(0, 5000),
      claimed.subarray(claimed.indexOf('moov') - 4),
    ])
    expect(await inspected(cut)).toMatch(/^INVALID_INPUT: must (hold|be readable)/)
  })
})

describe('two recordings in one file are refused', () => {
  it.each<[string, () => Promise<Buffer>]>([
    ['WebM', async () => twice((await remuxed('webm', 100)).bytes)],
    ['WebM, the second without its header', () => secondFrom('segment')],
    ['WebM, the second from its tracks on', () => secondFrom('tracks')],
    ['WebM, the second behind bytes that are none', () => secondFrom('segment', Buffer.alloc(9))],
    ['WebM as recorded', async () => twice(await speech('들리세요?', 'webm-recorded'))],
    ['Ogg with Opus', async () => twice((await remuxed('ogg', 100)).bytes)],
    ['Ogg with Vorbis', async () => twice((await remuxed('ogg-vorbis', 100)).bytes)],
    ['FLAC', async () => twice((await remuxed('flac', 30)).bytes)],
    ['WAV', async () => twice(tone(2, 0.5))],
    ['WAV that was streamed', async () => twice(withLengths(tone(2, 0.5), 0, 0))],
    ['MP4', async () => twice(mp4File(await aacTrack()))],
    ['MP4 in fragments', async () => twice(fragmentedMp4(await aacTrack()))],
    [
      'MP3 with a header of its own',
      async () => twice(await speech('인스타그램에서 바로 사게 하고 싶어요.', 'mp3')),
    ],
  ])('%s', async (_, make) => {
    expect(await inspected(await make())).toBe(several)
  })

  it('but not one whose beginning is cut off', async () => {
    const { bytes } = await remuxed('ogg', 200)
    const second = bytes.indexOf('OggS', bytes.indexOf('OggS', 4) + 4)
    expect(await inspected(bytes.subarray(second))).toBe('INVALID_INPUT: must be readable as ogg')
  })

  it('and MP3 without one is as long as both', async () => {
    expect(await inspected(twice(await silence(50, 'mp3')))).toContain('it lasts 100.')
  })
})

describe('a minute is a minute', () => {
  it.each([
    ['WAV', 'wav of 60.00 s', async (seconds: number) => tone(seconds, 0.5)],
    ['Opus in WebM', 'webm of 60.00 s', async (s: number) => (await remuxed('webm', s * 50)).bytes],
    ['Opus in Ogg', 'ogg of 59.99 s', async (s: number) => (await remuxed('ogg', s * 50)).bytes],
    ['Opus in MP4', 'mp4 of 60.00 s', async (s: number) => mp4File(opusTrack(s * 50))],
  ])('in %s', async (_, expected, make) => {
    expect(await inspected(await make(60))).toBe(expected)
    expect(await inspected(await make(60.5))).toBe(
      'INVALID_INPUT: must last 60 s at most; it lasts 60.5 s',
    )
  })
})

describe('a format that is not taken is named', () => {
  const entry = (name: string) => ({ ...amrTrack(), entry: sampleEntry(name, 8000) })
  it.each<[string, Buffer]>([
    ['AMR in MP4', mp4File(amrTrack(), { brand: '3gp4' })],
    ['AMR-WB in MP4', mp4File(entry('sawb'))],
    ['QCELP in MP4', mp4File(entry('sqcp'), { brand: 'qt  ' })],
    ['audio/amr (AMR)', Buffer.from('#!AMR\n<abcdefgh')],
    ['audio/amr-wb (AMR)', Buffer.from('#!AMR-WB\n<abcdefgh')],
    ['audio/x-caf (CAF)', Buffer.from('caff\0\x01\0\0desc')],
    ['audio/x-ms-wma (Windows Media)', Buffer.from('3026b2758e66cf11a6d900aa0062ce6c', 'hex')],
    ['audio/x-w64 (Sony Wave64)', Buffer.from('726966662e91cf11a5d628db04c10000', 'hex')],
    ['image/heic', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0')],
    [
      'Windows Media in WAV',
      wavFile(Buffer.alloc(100), { rate: 8000, channels: 1, bits: 16 }).fill(
        Buffer.from([0x61, 1]),
        20,
        22,
      ),
    ],
  ])('%s', async (name, bytes) => {
    expect(await inspected(bytes)).toMatch(/^UNSUPPORTED_MEDIA: /)
    expect(await inspected(bytes)).toContain(`The recording is ${name};`)
  })
})

describe('silence is heard where samples are at hand', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, true | undefined]>([
    ['zeros', () => silence(3), true],
    ['the last bit of noise about an offset', () => tone(3, 0.00005, 0.02), true],
    ['a click of a button', () => Buffer.concat([tone(0.02, 0.5), Buffer.alloc(40_000)]), true],
    [
      'zeros in FLAC',
      async () => (await remuxed('flac', 40, await silence(61, 'flac'))).bytes,
      true,
    ],
    ['a whisper', () => tone(3, 0.01), undefined],
    ['a word in FLAC', () => speech('안녕하세요. 동백 핸드크림을 팔아요.', 'flac'), undefined],
    ['a word in WAV', () => speech('안녕하세요. 동백 핸드크림을 팔아요.', 'wav'), undefined],
  ])('%s', async (_, make, silent) => {
    const bytes = Buffer.from(await make())
    if (bytes.toString('latin1', 0, 4) === 'RIFF') bytes.writeUInt32LE(bytes.length - 44, 40)
    expect((await inspectAudio(bytes)).silent).toBe(silent)
  })
})
