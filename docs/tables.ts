/** Writes the tables of the pages of docs/ from the code's own: `npm run docs`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTables } from '../test/support/documents/tables.ts'

for (const page of readdirSync(import.meta.dirname).filter((name) => name.endsWith('.md'))) {
  const path = join(import.meta.dirname, page)
  const text = readFileSync(path, 'utf8')
  const written = withTables(text)
  if (written !== text) writeFileSync(path, written)
}
