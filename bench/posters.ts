import { openFonts } from '../shared/platform/lettering/fonts.ts'
import { encodeJpeg } from '../shared/platform/pictures/encode-picture.ts'
import { placements } from '../shared/rules/placements/placements.ts'
import { drawPoster } from '../shared/services/media/posters/draw-poster.ts'
import { checkPoster } from '../shared/services/media/posters/poster-checks.ts'
import { drawnBackground } from '../test/support/posters/drawn-backgrounds.ts'
import { now } from './clock.ts'
import { below, type Row, rowOf } from './statistics.ts'

const rounds = 5
const placement = placements.instagram_feed_4x5
const texts = {
  headline: '건조한 사무실에서도 하루 종일 촉촉하게',
  subheadline: '키보드에 묻어나지 않는 동백 오일 12% 핸드크림. 30ml라 한 손에 쏙 들어와요.',
  price: '19,000원',
  name: '동백 핸드크림',
  label: 'AI 생성 이미지',
}

/** A poster of 1080x1350 over a busy background: layout and drawing, its file, and the look at that. */
export const measurePosters = async (): Promise<Row[]> => {
  const fonts = await openFonts()
  const background = await drawnBackground('busy', 'portrait')
  const [drawing, encoding, checking]: [number[], number[], number[]] = [[], [], []]
  for (let round = 0; round < rounds; round += 1) {
    const started = now()
    const { picture, lines } = await drawPoster(fonts, background, texts, placement)
    const drawn = now()
    const { bytes } = await encodeJpeg(picture)
    const encoded = now()
    await checkPoster(bytes, fonts, {
      placement,
      texts,
      lines,
      origin: { digitalSourceType: '', aiSystem: null },
    })
    drawing.push((drawn - started) / 1000)
    encoding.push((encoded - drawn) / 1000)
    checking.push((now() - encoded) / 1000)
  }
  return [
    rowOf('layout and drawing of a poster, 1080x1350', drawing, 's', below(1.5, 's')),
    rowOf('encoding it as JPEG', encoding, 's'),
    rowOf('checks of the finished poster', checking, 's', below(1, 's')),
  ]
}
