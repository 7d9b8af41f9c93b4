import type { PlacementId } from '../../contracts/assets.ts'
import type { Placement } from './placement.ts'
import { margin, safeRectangle } from './safe-rectangle.ts'

const portrait = { width: 1080, height: 1350 }
const square = { width: 1080, height: 1080 }
const vertical = { width: 1080, height: 1920 }
const wide = { width: 1920, height: 1080 }
const channelThumbnail = { width: 1200, height: 380 }
const linkPreview = { width: 800, height: 400 }
const bizboard = { width: 1290, height: 258 }
const timeboard = { width: 1660, height: 260 }

const both = ['poster', 'video'] as const
const anyText = { characters: null, takesType: true } as const
const checked = '2026-11-26'

/** Places to post by id. Where a platform documents no margin, ours is a twentieth of the shorter side or more. */
export const placements: Readonly<Record<PlacementId, Placement>> = {
  instagram_feed_4x5: {
    id: 'instagram_feed_4x5',
    ...portrait,
    ...anyText,
    safe: safeRectangle(portrait, margin(64)),
    maxBytes: 8_000_000,
    minTypeSize: 28,
    takes: both,
    source:
      'Meta: 4:5 at 1080x1350, 64 px clear on every side; its Content Publishing API takes JPEG of 8 MB',
    checked,
    verified: false,
  },
  instagram_feed_1x1: {
    id: 'instagram_feed_1x1',
    ...square,
    ...anyText,
    safe: safeRectangle(square, margin(64)),
    maxBytes: 8_000_000,
    minTypeSize: 28,
    takes: both,
    source: 'Meta: 1:1 at 1080x1080; margin and bytes as for 4:5',
    checked,
    verified: false,
  },
  instagram_reels_9x16: {
    id: 'instagram_reels_9x16',
    ...vertical,
    ...anyText,
    safe: safeRectangle(vertical, {
      top: 269,
      bottom: 672,
      left: 65,
      right: 65,
      rail: { width: 227, from: 1152 },
    }),
    maxBytes: 8_000_000,
    minTypeSize: 28,
    takes: both,
    source: 'Meta, Reels and Stories ads: 14 % of the top, 35 % of the bottom, 6 % of the sides',
    checked,
    verified: false,
  },
  tiktok_9x16: {
    id: 'tiktok_9x16',
    ...vertical,
    ...anyText,
    safe: safeRectangle(vertical, {
      top: 240,
      bottom: 660,
      left: 120,
      right: 120,
      rail: { width: 300, from: 840 },
    }),
    maxBytes: null,
    minTypeSize: 28,
    takes: both,
    source:
      'TikTok Ads, in-feed: the template of ads.tiktok.com/help/article/video-ads-specifications, at 1080x1920',
    checked,
    verified: false,
  },
  youtube_shorts_9x16: {
    id: 'youtube_shorts_9x16',
    ...vertical,
    ...anyText,
    safe: safeRectangle(vertical, { top: 192, bottom: 480, left: 0, right: 108 }),
    maxBytes: 5_000_000,
    minTypeSize: 28,
    takes: both,
    source:
      'Google Ads, Demand Gen: vertical 9:16 at 1080x1920, pictures of 5 MB, safe zones of Shorts',
    checked,
    verified: false,
  },
  vertical_9x16: {
    id: 'vertical_9x16',
    ...vertical,
    ...anyText,
    // Clear on Reels, Stories, TikTok and Shorts at once.
    safe: { x: 120, y: 288, width: 660, height: 960 },
    maxBytes: 5_000_000,
    minTypeSize: 28,
    takes: both,
    source: 'What the four vertical placements above leave clear together',
    checked,
    verified: false,
  },
  youtube_16x9: {
    id: 'youtube_16x9',
    ...wide,
    ...anyText,
    safe: safeRectangle(wide, { top: 96, bottom: 140, left: 96, right: 96 }),
    maxBytes: 2_000_000,
    minTypeSize: 32,
    takes: both,
    source:
      'YouTube Help, thumbnails: 16:9; 2 MB is what its API took before 50 MB (developers.google.com/youtube/v3/docs/thumbnails/set), and fits both; the length of the film stands at the lower right',
    checked,
    verified: false,
  },
  kakao_channel_thumbnail: {
    id: 'kakao_channel_thumbnail',
    ...channelThumbnail,
    takesType: true,
    // The texts of the ad are typed into its form as well.
    characters: { headline: 20, subheadline: 18 },
    safe: safeRectangle(channelThumbnail, margin(40)),
    maxBytes: 500_000,
    minTypeSize: 28,
    takes: ['poster'],
    source:
      'kakaobusiness.gitbook.io/main/ad/searchad/channelsearch/content-guide: the tailored kind, 1200x380 with 20 and 18 characters; the standard one of 348x230 with 13 and 13 has no room for type',
    checked,
    verified: true,
  },
  kakao_link_preview: {
    id: 'kakao_link_preview',
    ...linkPreview,
    ...anyText,
    safe: safeRectangle(linkPreview, margin(40)),
    maxBytes: 500_000,
    minTypeSize: 24,
    takes: ['poster'],
    source: 'Kakao message templates: 800x400, 2:1; 500 KB as its message ads take them',
    checked,
    verified: false,
  },
  kakao_bizboard_motion: {
    id: 'kakao_bizboard_motion',
    ...bizboard,
    characters: null,
    takesType: false,
    safe: { x: 176, y: 18, width: 937, height: 222 },
    maxBytes: 300_000,
    minTypeSize: 28,
    takes: both,
    source:
      'kakaobusiness.gitbook.io/main/ad/moment, Motion Bizboard: film of 1290x258 and 3.0 s without sound, still of 300 KB, what matters inside 937x222, no type of one’s own',
    checked,
    verified: true,
  },
  naver_timeboard: {
    id: 'naver_timeboard',
    ...timeboard,
    ...anyText,
    safe: safeRectangle(timeboard, { top: 26, bottom: 26, left: 60, right: 60 }),
    maxBytes: 200_000,
    minTypeSize: 28,
    takes: ['poster'],
    source:
      'admaru.com/creative_spec/naver_new.html: 1660x260, shown at 830x130; 200 KB, type of 28 px at least, no border',
    checked,
    verified: true,
  },
}

export interface PlacementUse {
  takes: Placement['takes']
  /** The same for placements whose pictures have the same proportions: they share a film. */
  shape: string
}

export const placementUse = (id: PlacementId): PlacementUse => {
  const { takes, width, height } = placements[id]
  return { takes, shape: (width / height).toFixed(2) }
}
