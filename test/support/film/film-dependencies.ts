import { openaiFilms } from '../../../shared/clients/video/openai-films.ts'
import type { FilmProvider } from '../../../shared/platform/video-settings.ts'
import type { FilmDependencies } from '../../../shared/services/media/films/film-job.ts'
import { drawnBackgrounds } from './film-order.ts'

/** The product's film maker with drawn backgrounds, and motion unless a server of films is given. */
export const filmDependencies = (
  options: { ffmpeg?: string | null; server?: string; model?: string; now?: number } = {},
): FilmDependencies => {
  const provider: FilmProvider =
    options.server === undefined
      ? { by: 'motion' }
      : {
          by: 'openai',
          settings: {
            ...{ model: options.model ?? 'sora-2', baseUrl: options.server },
            ...{ isModelServer: false, provider: 'openai-compatible' },
          },
        }
  return {
    clock: { now: () => options.now ?? 1_000 },
    background: drawnBackgrounds(),
    copyFilter: async () => ({
      judge: () => ({ verdict: 'ok', findings: [] }) as never,
    }),
    provider: () => provider,
    vendor: async ({ settings }) => openaiFilms(settings),
    ffmpeg: async () => options.ffmpeg ?? null,
  }
}
