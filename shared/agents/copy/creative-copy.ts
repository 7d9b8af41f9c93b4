import { type CreativePart, CreativePartOutputs } from '../../contracts/creative-parts.ts'
import { type CopySheet, copyField, copySheet } from './copy-sheet.ts'

const { ad_copies } = CreativePartOutputs.copies.shape
const { poster_specs } = CreativePartOutputs.posters.shape
const { video_prompt_package } = CreativePartOutputs.film.shape

/** Which texts of each part are copy. */
export const creativeCopy: Readonly<Record<CreativePart, CopySheet>> = {
  copies: copySheet({
    lists: {
      ad_copies: copyField(ad_copies.element, ({ id, channel, positioning_id, text }) => ({
        texts: [text],
        labels: [id, channel, positioning_id],
      })),
    },
  }),
  /** A poster is seen at once, so that what is split over its lines and pictures counts. */
  posters: copySheet({
    lists: {
      poster_specs: copyField(
        poster_specs.element,
        ({ id, headline, subheadline, visual_keywords }) => ({
          texts: [
            [headline, subheadline, ...visual_keywords].join('\n'),
            `${headline} ${subheadline}`,
            headline,
            subheadline,
            visual_keywords.join(', '),
          ],
          labels: [id],
        }),
      ),
    },
  }),
  film: copySheet({
    wholes: {
      video_prompt_package: copyField(
        video_prompt_package,
        ({ prompt, shots }) => {
          const scenes = shots.map(({ scene }) => scene)
          return { texts: [[prompt, ...scenes].join('\n'), prompt, ...scenes] }
        },
        { alone: ['prompt'] },
      ),
    },
  }),
}
