import { mediaReport } from './media-report.ts'
import { modelReport } from './model-report.ts'

/** Prints what the configured model's server can do. Exits with 1 when something is to be mended. */
for await (const { what, found, failed } of modelReport()) {
  console.log(`${failed ? '✗' : '✓'} ${what.padEnd(16)} ${found}`)
  if (failed) process.exitCode = 1
}
// Everything else works without them.
for (const { what, found, missing } of await mediaReport()) {
  console.log(`${missing ? '-' : '✓'} ${what.padEnd(16)} ${found}`)
}
