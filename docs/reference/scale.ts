import { readFileSync } from 'node:fs'
import { scaleTables } from '../../bench/cost/scale-tables.ts'

/** What `npm run cost -- --save docs/scale-figures.json` kept. */
const figures = JSON.parse(readFileSync(new URL('../scale-figures.json', import.meta.url), 'utf8'))

export const keptScaleTables = scaleTables(figures)
