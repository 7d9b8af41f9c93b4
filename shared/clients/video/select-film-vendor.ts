import type { FilmProvider } from '../../platform/video-settings.ts'
import type { MediaStore } from '../media-store.ts'
import type { FilmVendor } from './film-vendor.ts'

/** The vendor that the settings name; its client is loaded when it is needed. */
export const filmVendor = async (
  { by, settings }: Exclude<FilmProvider, { by: 'motion' }>,
  media: () => Promise<MediaStore>,
): Promise<FilmVendor> => {
  if (by === 'openai') return (await import('./openai-films.ts')).openaiFilms(settings)
  const { bedrockFilms } = await import('./bedrock-films.ts')
  return bedrockFilms(settings, await media())
}
