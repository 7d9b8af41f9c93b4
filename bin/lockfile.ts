/**
 * `node bin/lockfile.ts [--write]`: no package in package-lock.json demands a newer Node than this
 * project does, if the Node that the lockfile itself installs satisfies it: `npm ci` would warn of each
 * when it runs under an older one, although nothing else does (decision 18). Without `--write` it exits
 * with 1 and names those that do.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { satisfies, subset } from 'semver'
import * as z from 'zod'

const file = join(import.meta.dirname, '..', 'package-lock.json')

const enginesSchema = z.looseObject({ engines: z.looseObject({ node: z.string().optional() }) })
const lockfileSchema = z.looseObject({
  packages: z.looseObject({
    '': z.looseObject({ engines: z.looseObject({ node: z.string() }) }),
    'node_modules/node': z.looseObject({ version: z.string() }),
  }),
})

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } })
const lockfile = JSON.parse(readFileSync(file, 'utf8'))
const { packages } = lockfileSchema.parse(lockfile)
const demanded = packages[''].engines.node
const installed = packages['node_modules/node'].version

const demanding = Object.entries(packages)
  .filter(([, entry]) => {
    const node = enginesSchema.safeParse(entry).data?.engines.node
    return node !== undefined && satisfies(installed, node) && !subset(demanded, node)
  })
  .map(([path]) => path)

if (values.write) {
  for (const path of demanding) delete lockfile.packages[path].engines
  writeFileSync(file, `${JSON.stringify(lockfile, null, 2)}\n`)
} else if (demanding.length > 0) {
  console.error(
    `package-lock.json holds packages that demand a newer Node than ${demanded}: npm run lockfile. (${demanding.join(', ')})`,
  )
  process.exitCode = 1
}
