/** Writes the tables of docs/scale.md from the figures of the last cost run that was kept. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withScaleTables } from '../bench/cost/scale-tables.ts'

const page = join(import.meta.dirname, 'scale.md')
const figures = JSON.parse(readFileSync(join(import.meta.dirname, 'scale-figures.json'), 'utf8'))
writeFileSync(page, withScaleTables(readFileSync(page, 'utf8'), figures))
