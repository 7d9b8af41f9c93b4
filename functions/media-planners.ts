import type { Planners } from '../shared/services/media/asset-maker.ts'

/** What assets would buy, by their type. */
export const planners: Planners = {
  async poster() {
    const [{ createPosterPlanner }, { imageOffer }] = await Promise.all([
      import('../shared/services/media/posters/poster-planner.ts'),
      import('../shared/clients/images/image-offer.ts'),
    ])
    return createPosterPlanner({ offer: imageOffer })
  },
  async video() {
    const [{ createFilmPlanner }, { filmOffers }, { workerHasFfmpeg }] = await Promise.all([
      import('../shared/services/media/films/film-planner.ts'),
      import('./film-offers.ts'),
      import('../shared/platform/film/find-ffmpeg.ts'),
    ])
    return createFilmPlanner({ ...filmOffers, hasFfmpeg: workerHasFfmpeg })
  },
  async narration() {
    const [{ createNarrationPlanner }, { speaker }] = await Promise.all([
      import('../shared/services/media/narration/narration-plan.ts'),
      import('../shared/clients/speech/select-speaker.ts'),
    ])
    return createNarrationPlanner(speaker)
  },
  /** They cost nothing. */
  subtitles: async () => ({ plan: async () => [] }),
}
