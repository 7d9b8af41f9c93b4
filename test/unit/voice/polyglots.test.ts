import { describe, expect, it } from 'vitest'
import { wavFile } from '../../../shared/platform/audio/wav.ts'
import { foreignContent } from '../../../shared/platform/uploads/foreign-content.ts'
import { inspectAudio } from '../../../shared/services/voice/audio-inspection.ts'
import { hidings, payloads } from '../../support/audio/polyglots.ts'
import { type AudioFormat, formats, speech } from '../../support/audio/recordings.ts'

const text = '안녕하세요. 동백 핸드크림을 팔아요.'
const recordingOf = async (format: string) => Buffer.from(await speech(text, format as AudioFormat))

describe.each(Object.keys(formats) as AudioFormat[])(
  'what is kept of a recording: %s',
  (format) => {
    it('is the same sound, and the same again when it is looked at again', async () => {
      const whole = await recordingOf(format)
      const { bare, ...inspected } = await inspectAudio(whole)
      const again = await inspectAudio(bare)
      expect(again).toMatchObject({ format: inspected.format })
      expect(Math.abs(again.seconds - inspected.seconds)).toBeLessThan(0.05)
      expect(Buffer.compare(again.bare, bare)).toBe(0)
      expect(bare.length).toBeGreaterThan(0.8 * whole.length)
    })
  },
)

const cases = Object.entries(hidings).flatMap(([format, places]) =>
  Object.entries(places).flatMap(([place, hide]) =>
    Object.entries(payloads).map(([name, payload]) => ({ format, place, hide, name, payload })),
  ),
)

it.each(cases)(
  'a recording that is also $name is left without it, or refused: $format, $place',
  async ({ format, hide, payload }) => {
    const whole = await recordingOf(format)
    const hidden = hide(whole, payload)
    expect(foreignContent(hidden)).toBeDefined()
    const judged = await inspectAudio(hidden).catch((error: unknown) => error)
    if (judged instanceof Error) {
      expect(judged).toMatchObject({
        code: expect.stringMatching(/UNSUPPORTED_MEDIA|INVALID_INPUT/),
      })
      return
    }
    const { bare, seconds } = judged as Awaited<ReturnType<typeof inspectAudio>>
    expect(Buffer.from(bare).includes(payload)).toBe(false)
    expect(Buffer.from(bare).toString('latin1', 0, 8)).not.toContain('/*')
    expect(foreignContent(bare)).toBeUndefined()
    expect(seconds).toBeCloseTo((await inspectAudio(whole)).seconds, 1)
  },
)

it('most of them are taken without what they carried: a tag is no reason to refuse a voice', async () => {
  const taken = await Promise.allSettled(
    cases.map(async ({ format, hide, payload }) =>
      inspectAudio(hide(await recordingOf(format), payload)),
    ),
  )
  const refused = taken.filter(({ status }) => status === 'rejected').length
  expect(refused).toBeLessThan(0.1 * cases.length)
})

describe('what is in the sound itself is refused', () => {
  it.each(Object.entries(payloads))('%s', async (name, payload) => {
    const samples = Buffer.alloc(32_000, 7)
    payload.copy(samples, 1000)
    // The end of an archive is looked for at the end.
    payload.copy(samples, samples.length - payload.length)
    const wav = wavFile(samples, { rate: 8000, channels: 1, bits: 16 })
    await expect(inspectAudio(wav)).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
    expect(foreignContent(wav), name).toBeDefined()
  })
})

describe('bytes at a place of their own', () => {
  it.each([
    [0, 'MZ', 'a Windows program'],
    [0, '\x7fELF', 'a program'],
    [257, 'ustar\0', 'a tar archive'],
    [0x8001, 'CD001', 'a disk image'],
  ])('at %i: %j', (at, signature, name) => {
    const bytes = Buffer.alloc(40_000, 1)
    expect(foreignContent(bytes)).toBeUndefined()
    bytes.write(signature, at, 'latin1')
    expect(foreignContent(bytes)).toBe(name)
    expect(foreignContent(Buffer.concat([Buffer.alloc(1), bytes]))).toBeUndefined()
  })
})

describe('letters that compressed sound holds by chance', () => {
  const among = (text: string): Buffer =>
    Buffer.concat([Buffer.alloc(999, 1), Buffer.from(text, 'latin1'), Buffer.alloc(999, 0xa5)])

  it.each(['<sVg\x93\x01', '<SVG ~', '<sVg/\x80<\x02>', '<bOdy\x07', '<HTmL\xe1'])(
    'are no reason to refuse it: %j',
    (text) => {
      expect(foreignContent(among(text))).toBeUndefined()
    },
  )

  it.each([
    ['<svg/onload=alert(1)>', 'SVG'],
    ['<SVG width="9"><animate ONBEGIN = "alert(1)"', 'SVG'],
    ['<svg:svg xmlns:svg="http://www.w3.org/2000/svg">', 'SVG'],
    ['<svg\n><a href="javascript:alert(1)">', 'JavaScript'],
    ['<Body\tonload=alert(1)>', 'HTML'],
    ['<html>', 'HTML'],
  ])('are one when they are markup: %j', (text, name) => {
    expect(foreignContent(among(text))).toBe(name)
  })
})

it('is judged in time linear in the bytes', () => {
  const archive = Buffer.concat(
    Array.from({ length: 200_000 }, () => Buffer.from('PK\x05\x06<scrip')),
  )
  expect(foreignContent(archive)).toBeUndefined()
  const svg = Buffer.alloc(4_000_000, '<svg ononclickonon')
  expect(foreignContent(svg)).toBeUndefined()
})
