/** The very requests that the studio sends, by asker; bench/peers writes them before the peers start. */
import { readFileSync } from 'node:fs'

export const requests = JSON.parse(readFileSync(process.env.BENCH_REQUESTS, 'utf8'))

/** The calls of a run, in order. */
export const askers = [
  'search',
  'research',
  'strategy',
  'creative_copies',
  'creative_posters',
  'creative_film',
  'voice',
]
