import type { PlacementId } from '../../contracts/assets.ts'

interface Channel {
  /** What users type, without spaces, dots and case. */
  named: RegExp
  placements: readonly PlacementId[]
}

const feed = ['instagram_feed_4x5', 'instagram_feed_1x1'] as const

/** The first that matches counts: a format before the platform that it belongs to. */
const channels: readonly Channel[] = [
  { named: /비즈보드|bizboard/, placements: ['kakao_bizboard_motion'] },
  {
    named: /(카카오|카톡|kakao).*(링크|공유|미리보기|link|share|preview)/,
    placements: ['kakao_link_preview'],
  },
  {
    named: /카카오|카톡|플러스친구|플친|톡채널|kakao/,
    placements: ['kakao_channel_thumbnail', 'kakao_link_preview'],
  },
  { named: /쇼츠|숏츠|shorts/, placements: ['youtube_shorts_9x16'] },
  { named: /유튜브|유투브|유튭|youtube|^yt$/, placements: ['youtube_16x9', 'youtube_shorts_9x16'] },
  { named: /틱톡|틱똑|tiktok|douyin/, placements: ['tiktok_9x16'] },
  {
    named: /릴스|릴즈|reels?$|reels|스토리즈?(광고)?$|stories|story$/,
    placements: ['instagram_reels_9x16'],
  },
  {
    named: /(인스타|instagram|insta|^ig|페이스북|facebook|페북).*(피드|게시물|feed|post)/,
    placements: feed,
  },
  {
    named: /인스타|instagram|^insta|^ig(광고|ads?)?$|페이스북|페북|facebook|^fb|메타|^meta/,
    // Meta shows 4:5 in its feeds rather than 1:1, which is made when it is asked for.
    placements: ['instagram_feed_4x5', 'instagram_reels_9x16'],
  },
  { named: /타임보드|timeboard/, placements: ['naver_timeboard'] },
  {
    named:
      /블로그|blog|스마트스토어|smartstore|쇼핑|스토어|카페|플레이스|당근|쿠팡|무신사|올리브영|마켓/,
    placements: ['instagram_feed_1x1'],
  },
  { named: /네이버|naver/, placements: ['naver_timeboard', 'instagram_feed_1x1'] },
  { named: /스레드|쓰레드|threads/, placements: feed },
  {
    named: /트위터|twitter|^x$|^엑스$|링크드인|linkedin/,
    placements: ['instagram_feed_1x1', 'youtube_16x9'],
  },
  { named: /핀터레스트|pinterest/, placements: ['instagram_feed_4x5'] },
  { named: /숏폼|쇼트폼|shortform|세로영상|vertical/, placements: ['vertical_9x16'] },
]

/** For channels that have no placement of their own: one master of each shape. */
const masters = [
  'instagram_feed_4x5',
  'instagram_feed_1x1',
  'vertical_9x16',
  'youtube_16x9',
] as const

/**
 * What stands between the channels when one field names several: "인스타, 유튜브 쇼츠", "인스타와 유튜브". U+119E is
 * what NFKC makes of the Korean middle dot.
 */
const between = /[,;/·\u119e・、|&+\n]|(?:와|과|이?랑|하고)\s|\s(?:및|and|or)\s/

/** Where what is written for a channel is posted; nowhere for one that is not known. */
export const placementsOfChannel = (typed: string): PlacementId[] => {
  const names = typed.normalize('NFKC').toLowerCase().split(between)
  const found = names.flatMap((name) => {
    const plain = name.replaceAll(/[\s._\-()'"]/g, '')
    return channels.find(({ named }) => named.test(plain))?.placements ?? []
  })
  return [...new Set(found)]
}

/**
 * Where the assets of a brief are posted, from its channels as users type them, in the order of the
 * channels and each once. Channels that are not known stand for one master of each shape, when no other
 * channel is known either.
 */
export const placementsFor = (typed: readonly string[]): PlacementId[] => {
  const found = new Set(typed.flatMap(placementsOfChannel))
  return found.size > 0 ? [...found] : [...masters]
}
