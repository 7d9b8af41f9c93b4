import { asStudioError } from '../shared/contracts/errors.ts'
import { findFfmpeg } from '../shared/platform/film/find-ffmpeg.ts'
import { imageSettings } from '../shared/platform/image-settings.ts'
import { filmProvider } from '../shared/platform/video-settings.ts'
import { filmChoice } from '../shared/services/media/films/film-choice.ts'

/** What makes a run's files on this machine; a missing one is told with what is made without it. */
export interface MediaLine {
  what: string
  found: string
  missing: boolean
}

const pictures = (): MediaLine => {
  try {
    const { provider, model } = imageSettings()
    return { what: 'pictures', found: `${model} (${provider})`, missing: false }
  } catch (error) {
    const found = `none, so posters fail, and films unless there is a photo of the product: ${asStudioError(error).message}`
    return { what: 'pictures', found, missing: true }
  }
}

const films = (hasFfmpeg: boolean): MediaLine => {
  try {
    const provider = filmChoice(filmProvider(), hasFfmpeg)
    const found =
      provider.by === 'motion'
        ? 'motion, which buys none'
        : `${provider.settings.model} (${provider.settings.provider})`
    return { what: 'films', found, missing: false }
  } catch (error) {
    const found = `none, so films fail: ${asStudioError(error).message}`
    return { what: 'films', found, missing: true }
  }
}

const ffmpegAt = (path: string | null): MediaLine => {
  const found =
    path ??
    'none: files are made without it, but recordings in AAC are not read, and no vendor’s clip is bought'
  return { what: 'ffmpeg', found, missing: path === null }
}

/** Reads the environment and looks for ffmpeg; calls no server. Never rejects. */
export const mediaReport = async (): Promise<MediaLine[]> => {
  const path = await findFfmpeg()
  return [pictures(), films(path !== null), ffmpegAt(path)]
}
