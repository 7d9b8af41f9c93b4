import { existsSync } from 'node:fs'

/** The thread's code: in `assets` beside a function's bundle, the source otherwise. */
export const filmWorkerFile = (): URL => {
  const bundled = new URL('./assets/film-worker.mjs', import.meta.url)
  return existsSync(bundled) ? bundled : new URL('./film-worker.ts', import.meta.url)
}
