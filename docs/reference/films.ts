import {
  clipTolerance,
  filmCallMs,
  filmFormat,
  filmLimits,
} from '../../shared/rules/films/film-limits.ts'
import { makingMs, purchaseMs } from '../../shared/rules/media-limits.ts'
import { placements } from '../../shared/rules/placements/placements.ts'
import { code, duration, grouped, table } from './markdown.ts'

export const filmTables = {
  'film-placements': () =>
    table(
      [
        'placement',
        'pixels',
        'clear of the platform’s controls (x, y, width × height)',
        'length',
        'sound',
        'read',
        'on the platform’s own page',
      ],
      Object.values(placements)
        .filter(({ takes }) => takes.includes('video'))
        .map(({ id, width, height, safe, checked, verified }) => {
          const { seconds, sound } = filmFormat(id)
          return [
            code(id),
            `${width} × ${height}`,
            `${safe.x}, ${safe.y}, ${safe.width} × ${safe.height}`,
            seconds === null ? 'as planned' : `${seconds} s`,
            sound ? 'yes' : 'no',
            checked,
            verified ? 'yes' : 'no',
          ]
        }),
    ),
  'film-limits': () =>
    table(
      ['what', 'limit'],
      [
        ['frames a second', `${filmLimits.framesPerSecond}`],
        [
          'length',
          `${filmLimits.minSeconds} to ${filmLimits.maxSeconds} s, longer only so that no word is cut off`,
        ],
        ['after the last word', `${filmLimits.afterSpeech} s`],
        ['the shortest scene; crossfade', `${filmLimits.minScene} s; ${filmLimits.crossfade} s`],
        [
          'a vendor’s clip may miss its order by',
          `${clipTolerance.ratio * 100} % of the ratio, ${clipTolerance.seconds} s or ${clipTolerance.share * 100} % of the length`,
        ],
        ['a vendor’s film, all calls', duration(purchaseMs.film)],
        [
          'its calls: start, look, fetch; between two looks',
          [filmCallMs.start, filmCallMs.look, filmCallMs.fetch, filmCallMs.between]
            .map(duration)
            .join(', '),
        ],
        ['one worker’s time on a film', `${grouped(makingMs.video / 1000)} s`],
      ],
    ),
}
