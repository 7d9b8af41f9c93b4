import { StudioError } from '../../../contracts/errors.ts'
import { modelSettingNames as names } from '../../../platform/environment-names.ts'
import type { FilmProvider } from '../../../platform/video-settings.ts'

/** Who makes a film here, and what that changes of what was wished. */
export interface FilmChoice {
  provider: FilmProvider
  adjusted: 'no_ffmpeg'[]
}

/**
 * A vendor's clip gets its AI label in the picture by ffmpeg alone, and no clip is finished without it: where there is
 * no ffmpeg none is bought. A vendor that is only the region's default gives way to motion.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names FFMPEG_PATH, for a vendor that a setting names
 */
export const filmChoice = (provider: FilmProvider, hasFfmpeg: boolean): FilmChoice => {
  if (provider.by === 'motion' || hasFfmpeg) return { provider, adjusted: [] }
  if (!provider.isChosen) return { provider: { by: 'motion' }, adjusted: ['no_ffmpeg'] }
  throw new StudioError(
    'CAPABILITY_NOT_CONFIGURED',
    `A film of ${provider.settings.model} gets its AI label by ffmpeg: ${names.ffmpegPath} has to name it, or ${names.ffmpegLayer} a layer with it. Without it ${names.videoProvider} can be motion.`,
  )
}
