import { describe, expect, it } from 'vitest'
import { audioDuration } from '../../../shared/platform/audio/audio-duration.ts'
import { wavFile, wavHeader, withTrueLength } from '../../../shared/platform/audio/wav.ts'
import { silence, speech } from '../../support/audio/recordings.ts'

const mono = { rate: 16_000, channels: 1, bits: 16 }
const second = new Uint8Array(32_000)

describe('a WAV file of our own', () => {
  it('has the header that the format prescribes, byte for byte', () => {
    const header = wavHeader(4, { rate: 44_100, channels: 2, bits: 16 })
    expect(header.toString('hex')).toBe(
      '52494646' + // RIFF
        '28000000' + // 36 + 4 bytes follow
        '57415645' + // WAVE
        '666d7420' + // fmt
        '10000000' +
        '0100' + // PCM
        '0200' + // channels
        '44ac0000' + // rate
        '10b10200' + // bytes a second
        '0400' + // bytes a frame
        '1000' + // bits
        '64617461' + // data
        '04000000',
    )
  })

  it('lasts as long as its samples, without an incomplete one', async () => {
    expect(audioDuration(wavFile(second, mono), 'audio/wav')).toBe(1000)
    const odd = wavFile(new Uint8Array(32_001), mono)
    expect(odd.length).toBe(44 + 32_000)
  })
})

describe('a WAV file that was streamed', () => {
  const streamedAs = (stated: number): Buffer => {
    const file = Buffer.concat([wavHeader(0, mono), second])
    file.writeUInt32LE(stated, 4)
    file.writeUInt32LE(stated, 40)
    return file
  }
  const streamed = streamedAs(0xff_ff_ff_ff)

  it.each([0xff_ff_ff_ff, 0])('gets its true length, whatever it states: %d', (stated) => {
    const file = withTrueLength(streamedAs(stated))
    expect(Buffer.from(file)).toEqual(wavFile(second, mono))
    expect(audioDuration(file, 'audio/wav')).toBe(1000)
  })

  it('may have other chunks before its samples', () => {
    const list = Buffer.from('4c49535403000000494e4600', 'hex') // LIST, 3 bytes and one to be even
    const whole = Buffer.concat([streamed.subarray(0, 36), list, streamed.subarray(36)])
    const file = Buffer.from(withTrueLength(whole))
    expect(file.readUInt32LE(36 + list.length + 4)).toBe(second.length)
    expect(file.readUInt32LE(4)).toBe(file.length - 8)
  })

  it('is unchanged when it is right, holds nothing, or is not a WAV file', async () => {
    const empty = wavHeader(0, mono)
    for (const bytes of [
      await silence(1),
      empty,
      Buffer.concat([empty, Buffer.from('LIST\x04\0\0\0INFO', 'latin1')]),
      Buffer.from('ID3…'),
      Buffer.from('RIFF'),
      Buffer.alloc(0),
    ]) {
      expect(withTrueLength(bytes)).toBe(bytes)
    }
  })
})

describe('the duration of an audio', () => {
  it.each([
    ['mp3', 'audio/mpeg'],
    ['wav', 'audio/wav'],
  ] as const)('is counted in a %s without a hint', async (format, type) => {
    const counted = audioDuration(await silence(7, format), type)
    // An MP3 begins and ends with whole frames.
    expect(counted).toBeGreaterThanOrEqual(7000)
    expect(counted).toBeLessThan(7150)
  })

  it('is undefined where there is no audio', async () => {
    const html = Buffer.from('<html>busy</html>')
    const empty = wavFile(new Uint8Array(0), mono)
    const wrong = await speech('안녕하세요. 동백 핸드크림을 팔아요.', 'mp3')
    expect(audioDuration(html, 'audio/mpeg')).toBeUndefined()
    expect(audioDuration(Buffer.alloc(0), 'audio/mpeg')).toBeUndefined()
    expect(audioDuration(empty, 'audio/wav')).toBeUndefined()
    expect(audioDuration(wrong, 'audio/wav')).toBeUndefined()
  })
})
