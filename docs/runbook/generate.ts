/** Writes docs/runbook.md from its entries. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drills } from '../../test/drills/drills.ts'
import { runbookPage } from './page.ts'

writeFileSync(join(import.meta.dirname, '..', 'runbook.md'), runbookPage(drills))
