import { expect, test } from 'vitest'
import { decodePicture } from '../../../shared/platform/pictures/decode-picture.ts'
import { encodeJpeg, encodePng } from '../../../shared/platform/pictures/encode-picture.ts'
import { crop } from '../../../shared/platform/pictures/fit-picture.ts'
import { emptyPicture, type Picture } from '../../../shared/platform/pictures/picture.ts'
import { inspectPicture } from '../../../shared/services/pictures/picture-inspection.ts'
import { checkNumberIn } from '../../support/pictures/check-number.ts'
import { colourAt, pictureFile, quartersOf } from '../../support/pictures/picture-files.ts'

const quarters = (width: number, height: number, alpha = 255): Picture => {
  const picture = emptyPicture(width, height)
  const colours = [
    [220, 20, 20, alpha],
    [20, 180, 20, alpha],
    [20, 20, 220, alpha],
    [250, 250, 250, alpha],
  ] as const
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const index = (row < height / 2 ? 0 : 2) + (column < width / 2 ? 0 : 1)
      picture.pixels.set(colours[index] ?? [], (row * width + column) * 4)
    }
  }
  return picture
}

test.each(['phone.heic', 'photo.webp', 'camera.jpg'])(
  'a picture stands upright, kept and shown, with a number that is read: %s',
  async (name) => {
    const judged = await inspectPicture(pictureFile(name))
    const kept = await decodePicture(judged.bytes)
    expect(kept.kind).toBe('jpeg')
    expect([kept.picture.width, kept.picture.height]).toEqual([judged.width, judged.height])
    expect(quartersOf(kept.picture)).toEqual(['red', 'green', 'blue', 'white'])
    expect(judged.checkNumber).toMatch(/^[1-9][0-9]{3}$/)
    expect(await checkNumberIn(judged.shown.bytes)).toBe(judged.checkNumber)
  },
)

test('numbers differ, so that none can be learnt', async () => {
  const bytes = pictureFile('photo.webp')
  const numbers = new Set<string>()
  for (let time = 0; time < 6; time += 1) numbers.add((await inspectPicture(bytes)).checkNumber)
  expect(numbers.size).toBeGreaterThan(1)
})

test('a very large picture is made smaller and stays what it was', async () => {
  const { bytes } = await encodeJpeg(quarters(4_300, 1_100))
  const judged = await inspectPicture(bytes)
  expect([judged.width, judged.height]).toEqual([2048, 524])
  const { picture } = await decodePicture(judged.bytes)
  expect(quartersOf(picture)).toEqual(['red', 'green', 'blue', 'white'])
})

test('a very large picture’s hidden colours do not bleed into what shows', async () => {
  const stripes = emptyPicture(4_200, 600)
  for (let at = 0; at < stripes.pixels.length; at += 8) {
    stripes.pixels.set([255, 0, 0, 0, 0, 0, 255, 255], at)
  }
  const judged = await inspectPicture(await encodePng(stripes))
  const { picture } = await decodePicture(judged.bytes)
  const middle = (picture.width * (picture.height >> 1) + (picture.width >> 1)) * 4
  const [red = 0, green, blue = 0, opacity = 0] = picture.pixels.subarray(middle, middle + 4)
  expect([red, green]).toEqual([0, 0])
  expect(blue).toBeGreaterThan(250)
  expect(Math.abs(opacity - 128)).toBeLessThan(3)
})

test.each([
  [300, 2_048],
  [430, 2_500],
])(
  'the number below a tall picture is whole, and the picture as it is: %d x %d',
  async (...size) => {
    const { bytes } = await encodeJpeg(quarters(...size))
    const { shown, checkNumber, ...judged } = await inspectPicture(bytes)
    expect(await checkNumberIn(shown.bytes)).toBe(checkNumber)
    const { picture } = await decodePicture(shown.bytes)
    const width = Math.round(judged.width / 2)
    const seen = crop(picture, { x: 0, y: 0, width, height: 1_024 })
    expect(quartersOf(seen)).toEqual(['red', 'green', 'blue', 'white'])
    expect(colourAt(picture, width + 8, 100)).toBe('white')
  },
)

test('transparency is kept, and the model sees it on white', async () => {
  const judged = await inspectPicture(await encodePng(quarters(400, 300, 0)))
  expect(judged.contentType).toBe('image/png')
  const { picture } = await decodePicture(judged.bytes)
  expect(picture.pixels[3]).toBe(0)
  const shown = await decodePicture(judged.shown.bytes)
  expect(quartersOf(shown.picture).slice(0, 2)).toEqual(['white', 'white'])
  expect(await checkNumberIn(judged.shown.bytes)).toBe(judged.checkNumber)
})

test('a picture for print is refused by what it is, in the language of the caller', async () => {
  const refused = inspectPicture(pictureFile('cmyk.jpg'))
  await expect(refused).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' })
  await expect(refused).rejects.toMatchObject({
    wording: { 'ko-KR': expect.stringContaining('CMYK') },
  })
})
