/** Writes `docs/copy-safety.md` from the rule pack and the labelled lines. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { copySafetyPage } from './copy-safety/page.ts'

writeFileSync(join(import.meta.dirname, 'copy-safety.md'), copySafetyPage())
