import { StudioError } from '../../../contracts/errors.ts'
import { modelSettingNames as names } from '../../../platform/environment-names.ts'
import type { FilmProvider } from '../../../platform/video-settings.ts'

/**
 * Who makes a film here. A vendor's clip gets its AI label in the picture by ffmpeg alone, and no clip is finished
 * without it: where there is no ffmpeg none is bought.
 * @throws StudioError CAPABILITY_NOT_CONFIGURED that names FFMPEG_PATH
 */
export const filmChoice = (provider: FilmProvider, hasFfmpeg: boolean): FilmProvider => {
  if (provider.by === 'motion' || hasFfmpeg) return provider
  throw new StudioError(
    'CAPABILITY_NOT_CONFIGURED',
    `A film of ${provider.settings.model} gets its AI label by ffmpeg: ${names.ffmpegPath} has to name it, or ${names.ffmpegLayer} a layer with it. Without it ${names.videoProvider} can be motion.`,
  )
}
