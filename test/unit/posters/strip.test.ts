import { describe, expect, it } from 'vitest'
import { openFonts } from '../../../shared/platform/lettering/fonts.ts'
import { emptyPicture, type Picture } from '../../../shared/platform/pictures/picture.ts'
import { placements } from '../../../shared/rules/placements/placements.ts'
import { arrangePoster } from '../../../shared/services/media/posters/arrange-poster.ts'
import { isStrip, stripOf } from '../../../shared/services/media/posters/strip.ts'

const size = { width: 1536, height: 1024 }
/** Where the prompt of landscapes wants the subject: at the right, centred, of half the height. */
const subject = { left: 1050, right: 1280, top: 256, bottom: 768 }

/** Grey, with a red subject. */
const background = (): Picture => {
  const picture = emptyPicture(size.width, size.height)
  for (let y = 0; y < size.height; y += 1) {
    for (let x = 0; x < size.width; x += 1) {
      const isSubject =
        x >= subject.left && x < subject.right && y >= subject.top && y < subject.bottom
      picture.pixels.set(
        isSubject ? [220, 20, 20, 255] : [120, 120, 120, 255],
        (y * size.width + x) * 4,
      )
    }
  }
  return picture
}

/** Columns and rows that hold red. */
const redIn = ({ width, height, pixels }: Picture) => {
  const [columns, rows] = [new Set<number>(), new Set<number>()]
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 4
      if ((pixels[at] ?? 0) < 200 || (pixels[at + 1] ?? 0) > 60) continue
      columns.add(x)
      rows.add(y)
    }
  }
  return {
    left: Math.min(...columns),
    right: Math.max(...columns),
    top: Math.min(...rows),
    bottom: Math.max(...rows),
  }
}

describe('a strip', () => {
  it('shows its whole subject inside the safe rectangle, and no edge of the picture', async () => {
    const placement = placements.kakao_bizboard_motion
    expect(Object.values(placements).filter(isStrip)).toEqual([placement])
    const strip = await stripOf(background(), placement)
    expect([strip.width, strip.height]).toEqual([placement.width, placement.height])
    const { safe } = placement
    const red = redIn(strip)
    expect(red.left).toBeGreaterThan(safe.x)
    expect(red.right).toBeLessThan(safe.x + safe.width)
    expect(red.top).toBeGreaterThan(safe.y)
    expect(red.bottom).toBeLessThan(safe.y + safe.height)
    const seen = (red.right - red.left) / (red.bottom - red.top)
    const asIs = (subject.right - subject.left) / (subject.bottom - subject.top)
    expect(seen).toBeCloseTo(asIs, 1)
    const row = strip.pixels.subarray(0, strip.width * 4)
    for (let at = 4; at < row.length; at += 4) {
      expect(Math.abs((row[at] ?? 0) - (row[at - 4] ?? 0))).toBeLessThan(4)
    }
    expect(strip.pixels.filter((_, at) => at % 4 === 3).every((alpha) => alpha === 255)).toBe(true)
  })
})

describe('a banner', () => {
  it('has its price beside its texts, not at the far end of their column', async () => {
    const texts = {
      ...{ headline: '바르고 바로 타자', subheadline: '끈적임 없이 스미는 크림' },
      ...{ price: '1만 9천 원', name: '동백', label: 'AI 생성 이미지' },
    }
    const arranged = arrangePoster(await openFonts(), placements.naver_timeboard, texts, 'top')
    const ends = arranged.texts
      .filter(({ role }) => role !== 'price' && role !== 'label')
      .map(({ x, block }) => x + block.width)
    const gap = (arranged.chip?.x ?? 0) - Math.max(...ends)
    expect(gap).toBeGreaterThan(0)
    expect(gap).toBeLessThan(2 * (arranged.chip?.height ?? 0))
  })
})
