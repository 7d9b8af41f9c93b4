import { existsSync } from 'node:fs'

/** Where `assets/` lies, seen from a function's entry file and from a part that loads late. */
const bundled = ['./assets/film-worker.mjs', '../assets/film-worker.mjs']

/** The thread's code: in `assets` beside a function's bundle, the source otherwise. */
export const filmWorkerFile = (): URL =>
  bundled.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url)) ??
  new URL('./film-worker.ts', import.meta.url)
