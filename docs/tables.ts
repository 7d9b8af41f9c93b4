/** Writes the tables of the pages of docs/ and of the README, and drawn pictures, from the code's own: `npm run docs`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTables } from '../test/support/documents/tables.ts'
import { benchPictures } from './reference/bench.ts'

const folder = import.meta.dirname
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'))
for (const path of [join(folder, '..', 'README.md'), ...pages.map((name) => join(folder, name))]) {
  const text = readFileSync(path, 'utf8')
  const written = withTables(text)
  if (written !== text) writeFileSync(path, written)
}
for (const [name, draw] of Object.entries(benchPictures)) {
  writeFileSync(join(folder, 'pictures', name), draw())
}
