/** Writes the tables of docs/observability.md, docs/privacy.md and docs/doctor.md from the code's own. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTable } from '../test/support/documents/tables.ts'

for (const [page, table] of [
  ['observability.md', 'metrics'],
  ['privacy.md', 'retention'],
  ['doctor.md', 'findings'],
] as const) {
  const path = join(import.meta.dirname, page)
  writeFileSync(path, withTable(readFileSync(path, 'utf8'), table))
}
