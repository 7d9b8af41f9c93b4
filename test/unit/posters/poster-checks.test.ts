import { beforeAll, describe, expect, test } from 'vitest'
import { type Fonts, openFonts } from '../../../shared/platform/lettering/fonts.ts'
import { encodeJpeg } from '../../../shared/platform/pictures/encode-picture.ts'
import { crop } from '../../../shared/platform/pictures/fit-picture.ts'
import type { Picture } from '../../../shared/platform/pictures/picture.ts'
import { withOrigin } from '../../../shared/platform/xmp/picture-xmp.ts'
import { placements } from '../../../shared/rules/placements/placements.ts'
import type { DrawnPoster } from '../../../shared/services/media/posters/draw-poster.ts'
import { drawPoster } from '../../../shared/services/media/posters/draw-poster.ts'
import { checkPoster } from '../../../shared/services/media/posters/poster-checks.ts'
import { drawnBackground } from '../../support/posters/drawn-backgrounds.ts'

const placement = placements.kakao_link_preview
const texts = {
  headline: '바르고 바로 타자',
  subheadline: '끈적임 없이 스미는 크림',
  price: '19,000원',
  name: '동백 핸드크림',
  label: 'AI 생성 이미지',
}
const origin = { digitalSourceType: 'http://example/term', aiSystem: 'some model' }

let fonts: Fonts
let drawn: DrawnPoster
beforeAll(async () => {
  fonts = await openFonts()
  drawn = await drawPoster(fonts, await drawnBackground('busy', 'landscape'), texts, placement)
})

const copyOf = ({ width, height, pixels }: Picture): Picture => ({
  width,
  height,
  pixels: new Uint8Array(pixels),
})

interface Change {
  picture?: Picture
  lines?: DrawnPoster['lines']
  maxBytes?: number
  note?: boolean
}

/** The name of the check that a changed poster fails; `none` when it passes all. */
const failedBy = async ({ picture, lines, maxBytes, note = true }: Change): Promise<string> => {
  const { bytes } = await encodeJpeg(picture ?? drawn.picture)
  const checks = await checkPoster(note ? withOrigin(bytes, origin) : bytes, fonts, {
    placement: { ...placement, maxBytes: maxBytes ?? placement.maxBytes },
    texts,
    lines: lines ?? drawn.lines,
    origin,
  })
  return checks.find(({ passed }) => !passed)?.check ?? 'none'
}

/** The poster with the box of a line, or a part of it, in one colour. */
const painted = (role: string, colour: readonly number[], share = 1): Picture => {
  const picture = copyOf(drawn.picture)
  for (const { box } of drawn.lines.filter((line) => line.role === role)) {
    for (let y = Math.floor(box.y); y < box.y + box.height; y += 1) {
      for (let x = Math.floor(box.x); x < box.x + box.width * share; x += 1) {
        picture.pixels.set(colour, (y * picture.width + x) * 4)
      }
    }
  }
  return picture
}

describe('the look at a finished poster', () => {
  test('finds nothing on a good one', async () => {
    expect(await failedBy({})).toBe('none')
  })

  test('sees that it cannot be opened', async () => {
    const [first] = await checkPoster(new Uint8Array([0xff, 0xd8, 0xff]), fonts, {
      placement,
      texts,
      lines: drawn.lines,
      origin,
    })
    expect(first).toMatchObject({ check: 'decodes', passed: false })
  })

  test('sees another size', async () => {
    const picture = crop(drawn.picture, { x: 0, y: 0, width: 799, height: 400 })
    expect(await failedBy({ picture })).toBe('size')
  })

  test('sees too many bytes', async () => {
    expect(await failedBy({ maxBytes: 10_000 })).toBe('bytes')
  })

  test('sees a headline that is not whole', async () => {
    const [, ...lines] = drawn.lines.filter(({ role }) => role === 'headline')
    const others = drawn.lines.filter(({ role }) => role !== 'headline')
    expect(await failedBy({ lines: [...others, ...lines] })).toBe('glyphs')
  })

  test('sees a line outside the safe rectangle', async () => {
    const lines = drawn.lines.map((line) => ({ ...line, box: { ...line.box, x: line.box.x - 41 } }))
    expect(await failedBy({ lines })).toBe('inside_safe_rectangle')
  })

  test('sees type that is too small', async () => {
    const lines = drawn.lines.map((line) => ({ ...line, size: 23 }))
    expect(await failedBy({ lines })).toBe('type_size')
  })

  test('sees that the label is missing', async () => {
    expect(await failedBy({ picture: painted('label', [20, 20, 22]) })).toBe('ai_label')
    expect(await failedBy({ lines: drawn.lines.filter(({ role }) => role !== 'label') })).toBe(
      'ai_label',
    )
  })

  test.each([
    ['missing', [20, 20, 22], 1],
    ['on ground of its own colour', [255, 255, 255], 1],
    ['half on ground of its own colour', [255, 255, 255], 0.5],
    ['a fifth on ground of its own colour', [255, 255, 255], 0.2],
  ])('sees a headline that is %s', async (_, colour, share) => {
    const dark = drawn.lines.map((line) =>
      line.role === 'headline' ? { ...line, colour: [255, 255, 255] as const } : line,
    )
    expect(
      await failedBy({ picture: painted('headline', [...colour, 255], share), lines: dark }),
    ).toBe('contrast')
  })

  test('sees ground that is too near to the type', async () => {
    const picture = copyOf(drawn.picture)
    const line = drawn.lines.find(({ role }) => role === 'headline')
    if (line === undefined) throw new Error('There is no headline.')
    const [red, green, blue] = line.colour
    const { x, y, width, height } = line.box
    // The type's colour half mixed into everything in its box: a contrast of some 3.
    for (let row = Math.floor(y); row < y + height; row += 1) {
      for (let column = Math.floor(x); column < x + width; column += 1) {
        const at = (row * picture.width + column) * 4
        for (const [channel, own] of [red, green, blue].entries()) {
          const below = picture.pixels[at + channel] ?? 0
          picture.pixels[at + channel] = below + (own - below) * 0.55
        }
      }
    }
    expect(await failedBy({ picture })).toBe('contrast')
  })

  test('sees that nothing states its origin', async () => {
    expect(await failedBy({ note: false })).toBe('origin_stated')
  })
})
