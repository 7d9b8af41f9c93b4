import type { PlacementId } from '../../contracts/assets.ts'

interface PlacementUse {
  takes: readonly ('poster' | 'video')[]
  /** Placements of one shape share a film. */
  shape: string
}

const uses: Readonly<Record<PlacementId, PlacementUse>> = {
  instagram_feed_4x5: { takes: ['poster'], shape: '4:5' },
  instagram_feed_1x1: { takes: ['poster'], shape: '1:1' },
  instagram_reels_9x16: { takes: ['poster', 'video'], shape: '9:16' },
  tiktok_9x16: { takes: ['poster', 'video'], shape: '9:16' },
  youtube_shorts_9x16: { takes: ['poster', 'video'], shape: '9:16' },
  vertical_9x16: { takes: ['poster', 'video'], shape: '9:16' },
  youtube_16x9: { takes: ['poster', 'video'], shape: '16:9' },
  kakao_channel_thumbnail: { takes: ['poster'], shape: '348:230' },
  kakao_link_preview: { takes: ['poster'], shape: '2:1' },
  kakao_bizboard_motion: { takes: ['video'], shape: '1290:258' },
  naver_timeboard: { takes: ['poster'], shape: '1660:260' },
}

export const placementUse = (id: PlacementId): PlacementUse => uses[id]

const byChannel: readonly [RegExp, readonly PlacementId[]][] = [
  [/인스타|instagram|insta/i, ['instagram_feed_4x5', 'instagram_reels_9x16']],
  [/틱톡|tik\s?tok/i, ['tiktok_9x16']],
  [/쇼츠|shorts/i, ['youtube_shorts_9x16']],
  [/유튜브|youtube/i, ['youtube_16x9', 'youtube_shorts_9x16']],
  [/카카오|카톡|kakao/i, ['kakao_channel_thumbnail', 'kakao_link_preview']],
  [/네이버|naver/i, ['naver_timeboard']],
]

/** Where assets of a brief are posted, by its channels as the user named them. */
export const placementsFor = (channels: readonly string[]): PlacementId[] => {
  const found = channels.flatMap((channel) =>
    byChannel.filter(([name]) => name.test(channel)).flatMap(([, placements]) => placements),
  )
  const usual: PlacementId[] = ['instagram_feed_1x1', 'vertical_9x16']
  return [...new Set(found.length > 0 ? found : usual)]
}
