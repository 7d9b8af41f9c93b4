import { expect, it } from 'vitest'
import { openFonts } from '../../../shared/platform/lettering/fonts.ts'
import { encodeJpeg } from '../../../shared/platform/pictures/encode-picture.ts'
import { withOrigin } from '../../../shared/platform/xmp/picture-xmp.ts'
import { digitalSourceTypes } from '../../../shared/rules/digital-source-types.ts'
import { placements } from '../../../shared/rules/placements/placements.ts'
import { drawPoster } from '../../../shared/services/media/posters/draw-poster.ts'
import { checkPoster } from '../../../shared/services/media/posters/poster-checks.ts'
import { drawnBackground, type Mood } from '../../support/posters/drawn-backgrounds.ts'

it.each<Mood>(['light', 'dark'])(
  'dots and dashes are type that is seen: on a %s picture',
  async (mood) => {
    const [fonts, placement] = [await openFonts(), placements.instagram_feed_4x5]
    const texts = {
      headline: '—',
      subheadline: '...',
      price: null,
      name: '...',
      label: 'AI 생성 이미지',
    }
    const drawn = await drawPoster(fonts, await drawnBackground(mood, 'portrait'), texts, placement)
    const origin = {
      digitalSourceType: digitalSourceTypes.compositeWithTrainedAlgorithmicMedia,
      aiSystem: 'drawn pictures-1',
    }
    const file = withOrigin((await encodeJpeg(drawn.picture)).bytes, origin)
    const checks = await checkPoster(file, fonts, { placement, texts, lines: drawn.lines, origin })
    expect(checks.filter(({ passed }) => !passed)).toEqual([])
  },
)
