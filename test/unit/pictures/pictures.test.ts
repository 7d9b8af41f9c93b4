import { describe, expect, test } from 'vitest'
import { decodePicture } from '../../../shared/platform/pictures/decode-picture.ts'
import { encodeJpeg, encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { cover, flatten, shrinkToFit } from '../../../shared/platform/pictures/fit-picture.ts'
import { PictureError } from '../../../shared/platform/pictures/picture.ts'
import { readPictureHeader } from '../../../shared/platform/pictures/picture-header.ts'
import { readOrigin, withOrigin } from '../../../shared/platform/xmp/picture-xmp.ts'
import { readXmpPacket } from '../../../shared/platform/xmp/xmp-packet.ts'
import { digitalSourceTypes } from '../../../shared/rules/digital-source-types.ts'
import {
  displayP3Profile,
  noisyPicture,
  pictureFile,
  quartersOf,
} from '../../support/pictures/picture-files.ts'

const upright = ['red', 'green', 'blue', 'white']
const problemOf = async (work: () => unknown): Promise<string> => {
  try {
    await work()
  } catch (error) {
    if (error instanceof PictureError) return error.problem
    throw error
  }
  return 'none'
}

describe('a picture', () => {
  test.each([
    ['png', 'quarters.png'],
    ['jpeg', 'quarters.jpg'],
    ['webp', 'quarters.webp'],
    ['heif', 'quarters.heic'],
  ])('is read by its own bytes: %s', async (kind, name) => {
    const decoded = await decodePicture(pictureFile(name))
    expect(decoded.kind).toBe(kind)
    expect([decoded.picture.width, decoded.picture.height]).toEqual([64, 48])
    expect(quartersOf(decoded.picture)).toEqual(upright)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])('stands upright, however held: %s', async (orientation) => {
    const bytes = pictureFile(`held-${orientation}.jpg`)
    expect(readPictureHeader(bytes).orientation).toBe(orientation)
    const { picture } = await decodePicture(bytes)
    expect([picture.width, picture.height]).toEqual([64, 48])
    expect(quartersOf(picture)).toEqual(upright)
  })

  test('of an iPhone that was held sideways stands upright', async () => {
    const { picture } = await decodePicture(pictureFile('held.heic'))
    expect([picture.width, picture.height]).toEqual([64, 48])
    expect(quartersOf(picture)).toEqual(upright)
  })

  test('in the colours of an iPhone’s screen is converted to those of every screen', async () => {
    const plain = pictureFile('quarters.jpg')
    const name = Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1')
    const content = Buffer.concat([name, displayP3Profile()])
    const head = Buffer.from([0xff, 0xe2, 0, 0])
    head.writeUInt16BE(content.length + 2, 2)
    const wide = Buffer.concat([plain.subarray(0, 2), head, content, plain.subarray(2)])
    const colours = async (bytes: Uint8Array) => {
      const { picture } = await decodePicture(bytes)
      const at = (x: number, y: number) => [
        ...picture.pixels.subarray((y * 64 + x) * 4, (y * 64 + x) * 4 + 3),
      ]
      return { red: at(8, 8), white: at(56, 40) }
    }
    const before = await colours(plain)
    const { red, white } = await colours(wide)
    // As color.js converts color(display-p3 0.863 0.118 0.118).
    expect(before.red[0]).toBeCloseTo(220, -1)
    expect(red[0]).toBeGreaterThan(232)
    expect(red[1]).toBeLessThan(10)
    expect(white.every((value, index) => Math.abs(value - (before.white[index] ?? 0)) <= 1)).toBe(
      true,
    )
    const heic = await colours(pictureFile('display-p3.heic'))
    expect(heic.red[0]).toBeGreaterThan(225)
  })

  test.each(['quarters.png', 'quarters.jpg', 'quarters.webp', 'quarters.heic'])(
    'that is cut off or spoilt ends in a cause, wherever: %s',
    async (name) => {
      const whole = pictureFile(name)
      for (let length = 0; length < whole.length; length += Math.ceil(whole.length / 40)) {
        const problem = await problemOf(() => decodePicture(whole.slice(0, length)))
        // Decoders of JPEG and HEIC show what is there of the pixels, as every viewer does.
        expect(['damaged', 'unsupported', 'none']).toContain(problem)
        if (length < 20) expect(problem).not.toBe('none')
      }
      const spoilt = whole.map((byte, index) =>
        index > 40 && index % 7 === 0 ? byte ^ 0x5a : byte,
      )
      expect(['damaged', 'unsupported', 'too_large', 'none']).toContain(
        await problemOf(() => decodePicture(spoilt)),
      )
      // The next picture is none the worse for it.
      expect(quartersOf((await decodePicture(whole)).picture)).toEqual(upright)
    },
  )

  test('of more pixels than allowed is refused before it is decoded', async () => {
    const bomb = pictureFile('quarters.png')
    new DataView(bomb.buffer).setUint32(16, 30_000)
    new DataView(bomb.buffer).setUint32(20, 30_000)
    expect(await problemOf(() => decodePicture(bomb))).toBe('too_large')
    const small = pictureFile('quarters.jpg')
    expect(await problemOf(() => decodePicture(small, { maxPixels: 3071 }))).toBe('too_large')
    expect(await problemOf(() => decodePicture(small, { maxPixels: 3072 }))).toBe('none')
  })

  test('of a thousand scans is refused before it is decoded', async () => {
    const small = Buffer.from(pictureFile('quarters.jpg'))
    const scan = small.subarray(small.indexOf('\xff\xda', 0, 'latin1'), -2)
    const bomb = Buffer.concat([
      small.subarray(0, -2),
      ...Array(1000).fill(scan),
      small.subarray(-2),
    ])
    expect(await problemOf(() => decodePicture(bomb))).toBe('too_large')
  })

  test('is not judged by what a phone wrote behind its end, such as a film', async () => {
    const small = Buffer.from(pictureFile('quarters.jpg'))
    const film = Buffer.concat(Array(1000).fill(Buffer.from('\xff\xda\0\x08film', 'latin1')))
    const { picture } = await decodePicture(Buffer.concat([small, film]))
    expect(quartersOf(picture)).toEqual(upright)
  })

  test.each([
    ['cmyk.jpg', /CMYK/],
    ['quarters.avif', /AVIF/],
  ])('of another kind is refused by name: %s', async (name, message) => {
    await expect(decodePicture(pictureFile(name))).rejects.toThrow(message)
  })

  test.each([
    ['GIF89a\x01\0\x01\0\0\0\0\0\0\0', /GIF/],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', /SVG/],
    ['%PDF-1.7 and more bytes', /PDF/],
    ['', /no picture/],
  ])('is no other document: %j', async (text, message) => {
    await expect(decodePicture(Buffer.from(text, 'latin1'))).rejects.toThrow(message)
  })
})

describe('an encoded picture', () => {
  test('carries nothing of the notes of its camera', async () => {
    const { picture } = await decodePicture(pictureFile('held-6.jpg'))
    for (const bytes of [(await encodeJpeg(picture)).bytes, await encodePng(picture)]) {
      expect(Buffer.from(bytes).toString('latin1')).not.toMatch(/Exif|Camera/)
      expect(readPictureHeader(bytes).orientation).toBe(1)
      expect(quartersOf((await decodePicture(bytes)).picture)).toEqual(upright)
    }
  })

  test('fits its bytes at the best quality that does, or fails with the cause', async () => {
    const picture = noisyPicture(200, 200)
    const best = await encodeJpeg(picture)
    const fitting = await encodeJpeg(picture, { maxBytes: Math.round(best.bytes.length * 0.6) })
    expect(fitting.bytes.length).toBeLessThanOrEqual(best.bytes.length * 0.6)
    expect(fitting.bytes.length).toBeGreaterThan(best.bytes.length * 0.45)
    expect(fitting.quality).toBeLessThan(best.quality)
    expect(await problemOf(() => encodeJpeg(picture, { maxBytes: 2000 }))).toBe('too_many_bytes')
  })

  test('states its origin, and is the same picture still', async () => {
    const { picture } = await decodePicture(pictureFile('quarters.png'))
    const note = {
      digitalSourceType: digitalSourceTypes.trainedAlgorithmicMedia,
      aiSystem: 'some "model" <1> & more',
    }
    for (const bytes of [(await encodeJpeg(picture)).bytes, await encodePng(picture)]) {
      expect(readOrigin(bytes)).toBeNull()
      const noted = withOrigin(bytes, note)
      expect(readOrigin(noted)).toEqual(note)
      expect((await decodePicture(noted)).picture).toEqual((await decodePicture(bytes)).picture)
    }
    expect(() => withOrigin(pictureFile('quarters.webp'), note)).toThrow(PictureError)
  })

  test('has its origin read also as an attribute, and as another writer names it', () => {
    const packet = `<rdf:Description xmlns:ext='http://iptc.org/std/Iptc4xmpExt/2008-02-29/' ext:DigitalSourceType="x"/>`
    expect(readXmpPacket(packet)).toEqual({ digitalSourceType: 'x', aiSystem: null })
    expect(readXmpPacket('<x:xmpmeta/>')).toBeNull()
  })
})

describe('a fitted picture', () => {
  test('covers another shape from its middle, undistorted', async () => {
    const { picture } = await decodePicture(pictureFile('quarters.png'))
    const banner = await cover(picture, { width: 128, height: 32 })
    expect([banner.width, banner.height]).toEqual([128, 32])
    expect(quartersOf(banner)).toEqual(upright)
    const lower = await cover(picture, { width: 128, height: 32 }, { y: 1 })
    expect(quartersOf(lower)).toEqual(['blue', 'white', 'blue', 'white'])
  })

  test('shrinks whole, and never grows', async () => {
    const { picture } = await decodePicture(pictureFile('quarters.png'))
    const small = await shrinkToFit(picture, { width: 32, height: 32 })
    expect([small.width, small.height]).toEqual([32, 24])
    expect(await shrinkToFit(picture, { width: 640, height: 640 })).toBe(picture)
  })

  test('stands on a plain colour where it was transparent', () => {
    const pixels = new Uint8Array([255, 0, 0, 0, 255, 0, 0, 255])
    expect([...flatten({ width: 2, height: 1, pixels }).pixels]).toEqual([
      255, 255, 255, 255, 255, 0, 0, 255,
    ])
  })
})
