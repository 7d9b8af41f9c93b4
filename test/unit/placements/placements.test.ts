import { describe, expect, test } from 'vitest'
import { placementIds } from '../../../shared/contracts/assets.ts'
import { placements } from '../../../shared/rules/placements/placements.ts'
import { placementsFor } from '../../../shared/rules/placements/placements-for.ts'
import { safeRectangle } from '../../../shared/rules/placements/safe-rectangle.ts'

describe('a placement', () => {
  test.each(placementIds)(
    'leaves room for type inside its picture, from a dated source: %s',
    (id) => {
      const placement = placements[id]
      const { safe, width, height } = placement
      expect(placement.id).toBe(id)
      expect(safe.x).toBeGreaterThanOrEqual(0)
      expect(safe.y).toBeGreaterThanOrEqual(0)
      expect(safe.x + safe.width).toBeLessThanOrEqual(width)
      expect(safe.y + safe.height).toBeLessThanOrEqual(height)
      expect(safe.height).toBeGreaterThan(placement.minTypeSize * 4)
      expect(placement.source).not.toBe('')
      expect(placement.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    },
  )

  test('keeps clear of buttons: beside their rail, or above it, whichever is larger', () => {
    const { instagram_reels_9x16: reels, tiktok_9x16: tiktok } = placements
    expect(reels.safe).toEqual({ x: 65, y: 269, width: 950, height: 883 })
    expect(tiktok.safe).toEqual({ x: 120, y: 240, width: 660, height: 1020 })
    expect(placements.youtube_shorts_9x16.safe).toEqual({ x: 0, y: 192, width: 972, height: 1248 })
    expect(
      safeRectangle(
        { width: 100, height: 100 },
        { top: 10, bottom: 50, left: 0, right: 5, rail: { width: 90, from: 60 } },
      ),
    ).toEqual({ x: 0, y: 10, width: 95, height: 40 })
  })

  test('for all vertical films is clear on each of their platforms', () => {
    const { x, y, width, height } = placements.vertical_9x16.safe
    expect([x, y, width, height]).toEqual([120, 288, 660, 960])
    const { tiktok_9x16: tiktok, youtube_shorts_9x16: shorts } = placements
    for (const { safe } of [tiktok, shorts]) {
      expect(x).toBeGreaterThanOrEqual(safe.x)
      expect(y).toBeGreaterThanOrEqual(safe.y)
      expect(x + width).toBeLessThanOrEqual(safe.x + safe.width)
      expect(y + height).toBeLessThanOrEqual(safe.y + safe.height)
    }
    // On Reels the buttons stand right of it.
    expect(x + width).toBeLessThanOrEqual(1080 - 227)
    expect(y + height).toBeLessThanOrEqual(1920 - 672)
  })
})

const instagram = ['instagram_feed_4x5', 'instagram_reels_9x16']
const kakao = ['kakao_channel_thumbnail', 'kakao_link_preview']
const youtube = ['youtube_16x9', 'youtube_shorts_9x16']
const masters = ['instagram_feed_4x5', 'instagram_feed_1x1', 'vertical_9x16', 'youtube_16x9']

describe('the placements of a brief', () => {
  test.each<[string, string[]]>([
    ['인스타그램', instagram],
    ['인스타', instagram],
    ['Instagram', instagram],
    ['INSTAGRAM ads', instagram],
    ['Ｉｎｓｔａｇｒａｍ', instagram],
    ['IG', instagram],
    ['인스타 광고', instagram],
    ['페이스북', instagram],
    ['Meta', instagram],
    ['인스타 릴스', ['instagram_reels_9x16']],
    ['인스타그램 릴스', ['instagram_reels_9x16']],
    ['릴스', ['instagram_reels_9x16']],
    ['Instagram Reels', ['instagram_reels_9x16']],
    ['인스타 스토리', ['instagram_reels_9x16']],
    ['Instagram Stories', ['instagram_reels_9x16']],
    ['인스타그램 피드', ['instagram_feed_4x5', 'instagram_feed_1x1']],
    ['instagram feed', ['instagram_feed_4x5', 'instagram_feed_1x1']],
    ['카카오톡 채널', kakao],
    ['카톡채널', kakao],
    ['카카오', kakao],
    ['KakaoTalk Channel', kakao],
    ['카카오톡 링크 공유', ['kakao_link_preview']],
    ['카카오 비즈보드', ['kakao_bizboard_motion']],
    ['네이버', ['naver_timeboard', 'instagram_feed_1x1']],
    ['Naver', ['naver_timeboard', 'instagram_feed_1x1']],
    ['네이버 타임보드', ['naver_timeboard']],
    ['네이버 블로그', ['instagram_feed_1x1']],
    ['네이버 스마트스토어', ['instagram_feed_1x1']],
    ['유튜브', youtube],
    ['유투브', youtube],
    ['YouTube', youtube],
    ['You Tube', youtube],
    ['유튜브 쇼츠', ['youtube_shorts_9x16']],
    ['유튜브 숏츠', ['youtube_shorts_9x16']],
    ['YouTube Shorts', ['youtube_shorts_9x16']],
    ['틱톡', ['tiktok_9x16']],
    ['TikTok', ['tiktok_9x16']],
    ['Tik-Tok', ['tiktok_9x16']],
    ['스레드', ['instagram_feed_4x5', 'instagram_feed_1x1']],
    ['X', ['instagram_feed_1x1', 'youtube_16x9']],
    ['숏폼', ['vertical_9x16']],
    ['오프라인 매장 전단지', masters],
    ['브랜드 스토리 페이지', masters],
    ['email', masters],
    ['', masters],
  ])('follow from what users type: %s', (typed, expected) => {
    expect(placementsFor([typed])).toEqual(expected)
  })

  test('are each made once, in the order of the channels', () => {
    expect(placementsFor(['릴스', '인스타그램'])).toEqual([
      'instagram_reels_9x16',
      'instagram_feed_4x5',
    ])
    expect(placementsFor(['인스타 릴스, 유튜브 쇼츠'])).toEqual([
      'instagram_reels_9x16',
      'youtube_shorts_9x16',
    ])
    for (const both of [
      '인스타 릴스，유튜브 쇼츠',
      '인스타 릴스、유튜브 쇼츠',
      '인스타 릴스ㆍ유튜브 쇼츠',
      '인스타 릴스 | 유튜브 쇼츠',
      '인스타 릴스와 유튜브 쇼츠',
      '인스타 릴스랑 유튜브 쇼츠',
      '인스타 릴스하고 유튜브 쇼츠',
      'Instagram Reels or YouTube Shorts',
      '인스타 릴스와 유튜브 쇼츠'.normalize('NFD'),
    ]) {
      expect(placementsFor([both]), both).toEqual(['instagram_reels_9x16', 'youtube_shorts_9x16'])
    }
    expect(placementsFor(['인스타그램과 틱톡'])).toEqual([...instagram, 'tiktok_9x16'])
    expect(placementsFor(['인스타그램'.normalize('NFD')])).toEqual(instagram)
    expect(placementsFor(['전단지', '틱톡'])).toEqual(['tiktok_9x16'])
    expect(placementsFor([])).toEqual(masters)
  })
})
