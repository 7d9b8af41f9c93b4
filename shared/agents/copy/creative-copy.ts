import { CreativeOutput } from '../../contracts/agents.ts'
import { copyField, copySheet } from './copy-sheet.ts'

const { ad_copies, poster_specs, video_prompt_package } = CreativeOutput.shape

/** A poster is seen at once, so that what is split over its lines and pictures counts. */
export const creativeCopy = copySheet({
  lists: {
    ad_copies: copyField(ad_copies.element, ({ id, channel, positioning_id, text }) => ({
      texts: [text],
      labels: [id, channel, positioning_id],
    })),
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
  wholes: {
    video_prompt_package: copyField(video_prompt_package, ({ prompt, shots }) => {
      const scenes = shots.map(({ scene }) => scene)
      return { texts: [[prompt, ...scenes].join('\n'), prompt, ...scenes] }
    }),
  },
})
