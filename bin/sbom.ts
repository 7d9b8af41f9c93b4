import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  billOfMaterials,
  deployedPackages,
  licenseList,
  withoutKnownLicense,
} from '../lib/bill-of-materials.ts'
import { bundleFunctions } from '../lib/bundle.ts'
import { buildConsole } from '../lib/console-files.ts'

/**
 * `npm run sbom`: what is in the functions and the console, as `dist/sbom/bom.json` (CycloneDX) and
 * `dist/sbom/licenses.txt`. Exits with 1 when a package has an unreviewed licence.
 */
const root = join(import.meta.dirname, '..')
const target = join(root, 'dist', 'sbom')
const folder = mkdtempSync(join(tmpdir(), 'launch-studio-sbom-'))
try {
  const packages = deployedPackages(
    await bundleFunctions({ directory: join(folder, 'functions') }),
    await buildConsole(join(folder, 'console')),
  )
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  mkdirSync(target, { recursive: true })
  const bill = billOfMaterials(packages, version)
  writeFileSync(join(target, 'bom.json'), `${JSON.stringify(bill, null, 2)}\n`)
  writeFileSync(join(target, 'licenses.txt'), licenseList(packages))
  process.stdout.write(`${packages.length} packages are deployed: dist/sbom\n`)
  for (const { name, license } of withoutKnownLicense(packages)) {
    process.stderr.write(`${name}: the licence ${license || '(none)'} has to be looked at.\n`)
    process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
