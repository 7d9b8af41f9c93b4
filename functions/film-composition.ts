import { openaiImages } from '../shared/clients/images/openai-images.ts'
import { systemClock } from '../shared/platform/clock.ts'
import { findFfmpeg } from '../shared/platform/film/find-ffmpeg.ts'
import type { FilmDependencies } from '../shared/services/media/films/film-job.ts'
import { filmOffers } from './film-offers.ts'
import { media } from './media-client.ts'
import { copySafetyService } from './safety-composition.ts'

/** What makes films. Loaded with the first film alone. */
export const filmDependencies = (): FilmDependencies => ({
  ...filmOffers,
  clock: systemClock,
  background: {
    ...filmOffers.background,
    // A capability that is not configured ends the assets that need it, one by one.
    make: async (order, key, signal) => openaiImages().make(order, key, signal),
  },
  copyFilter: (run) => copySafetyService().forRun(run),
  vendor: (provider) => filmOffers.vendor(provider, media),
  ffmpeg: findFfmpeg,
})
