/** The very requests that the studio sends, by asker; bench/peers writes them before the peers start. */
import { readFileSync } from 'node:fs'

export const requests = JSON.parse(readFileSync(process.env.BENCH_REQUESTS, 'utf8'))

/** The five calls of a run, in order. */
export const askers = ['search', 'research', 'strategy', 'creative', 'voice']
