/** Writes `docs/model-servers.md` from the compatibility suite. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportOf, tryAllCases } from '../test/support/model-servers/report.ts'

// The failures among the cases write lines that are not read here.
process.env.LOG_LEVEL ??= 'SILENT'

const page = join(import.meta.dirname, 'model-servers.md')
writeFileSync(page, reportOf(await tryAllCases()))
