import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readAudit } from '../lib/audit.ts'
import { deployedPackages } from '../lib/bill-of-materials.ts'
import { bundleFunctions } from '../lib/bundle.ts'
import { buildConsole } from '../lib/console-files.ts'

/**
 * `npm run audit`: known vulnerabilities of high severity in what is deployed. Exits with 1 when there are
 * some. Where the registry cannot be asked it says that nothing was checked, and passes: a build without a
 * network is no worse than it was. With `--required` it exits with 2 then, for the pipeline that deploys.
 */
const folder = mkdtempSync(join(tmpdir(), 'launch-studio-audit-'))
try {
  const packages = deployedPackages(
    await bundleFunctions({ directory: join(folder, 'functions') }),
    await buildConsole(join(folder, 'console')),
  )
  const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
    cwd: join(import.meta.dirname, '..'),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    timeout: 60_000,
  })
  const audit = readAudit(stdout ?? '', packages)
  if ('unchecked' in audit) {
    // Its reason may name the registry, which is of no use to a reader.
    process.stdout.write('NOT CHECKED for known vulnerabilities: the registry did not answer.\n')
    if (process.argv.includes('--required')) process.exitCode = 2
  } else if (audit.findings.length > 0) {
    process.stderr.write(`${audit.findings.join('\n')}\n`)
    process.exitCode = 1
  } else {
    process.stdout.write(
      `None of ${packages.length} deployed packages has a known vulnerability of high severity.\n`,
    )
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
