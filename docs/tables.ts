/** Writes the tables of docs/observability.md and docs/privacy.md from the code's own. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTable } from '../test/support/documents/tables.ts'

for (const [page, table] of [
  ['observability.md', 'metrics'],
  ['privacy.md', 'retention'],
] as const) {
  const path = join(import.meta.dirname, page)
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), table))
}
