import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { Bundle } from './bundle.ts'
import type { ConsoleFiles } from './console-files.ts'

/** A package of which something is in a function's bundle or in the console. */
export interface DeployedPackage {
  name: string
  version: string
  /** As the package states it, an SPDX expression; empty when it states none. */
  license: string
  /** Its folder, as the lockfile names it. */
  path: string
  /** Base64 of its archive's SHA-512; undefined when the lockfile has none. */
  sha512: string | undefined
}

const projectRoot = join(import.meta.dirname, '..')

const packageSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  license: z.union([z.string(), z.looseObject({ type: z.string() })]).optional(),
})

const lockfileSchema = z.looseObject({
  packages: z.record(z.string(), z.looseObject({ integrity: z.string().optional() })),
})

/** The folder of the package that a source file belongs to; undefined for one of our own. */
const packageFolder = (source: string): string | undefined =>
  /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source)?.[0]

/** Of packages whose package.json names no licence: the one of the LICENSE file that they bring. */
const statedInFile: Readonly<Record<string, string>> = { 'png-js': 'MIT' }

/** Packages in the functions and the console, as the bundlers tell: by what they wrote, not by what is installed. */
export const deployedPackages = (
  { metafile }: Pick<Bundle, 'metafile'>,
  { sources }: Pick<ConsoleFiles, 'sources'>,
): DeployedPackage[] => {
  const folders = new Set(sources.flatMap((source) => packageFolder(source) ?? []))
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [source, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = packageFolder(source)
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder)
    }
  }
  const lockfile = lockfileSchema.parse(
    JSON.parse(readFileSync(join(projectRoot, 'package-lock.json'), 'utf8')),
  )
  return [...folders].sort().map((path) => {
    const stated = JSON.parse(readFileSync(join(projectRoot, path, 'package.json'), 'utf8'))
    const parsed = packageSchema.parse(stated)
    const { name, version, license = statedInFile[parsed.name] ?? '' } = parsed
    const { integrity } = lockfile.packages[path] ?? {}
    return {
      name,
      version,
      path,
      license: typeof license === 'string' ? license : license.type,
      sha512: integrity?.startsWith('sha512-') ? integrity.slice('sha512-'.length) : undefined,
    }
  })
}

/** Licences that ask for no more than their notice. */
const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
])

/** Packages under another licence that may be deployed all the same, each for its reason. */
const reviewed: Readonly<Record<string, { license: string; reason: string }>> = {
  mediabunny: {
    license: 'MPL-2.0',
    reason:
      'Its copyleft is per file and asks for the source of changed files when they are handed on: we change none, and deploy to our own account.',
  },
  '@mediabunny/aac-encoder': {
    license: 'MPL-2.0',
    reason: 'As mediabunny: its files are deployed as they are.',
  },
  '@mediabunny/mp3-encoder': {
    license: 'MPL-2.0',
    reason: 'As mediabunny: its files are deployed as they are.',
  },
  'codec-parser': {
    license: 'LGPL-3.0-or-later',
    reason:
      'Reads frames of FLAC and Ogg, unchanged; deployed to our own account, and replaced by a change of the lockfile.',
  },
  '@resvg/resvg-wasm': {
    license: 'MPL-2.0',
    reason: 'As mediabunny: its files are deployed as they are.',
  },
  'libheif-js': {
    license: 'LGPL-3.0',
    reason:
      'A library that is loaded from files of its own, unchanged, and can be replaced there; deployed to our own account.',
  },
}

/** Whether one of the alternatives of an SPDX expression, with all of its parts, is permissive. */
const isPermissive = (expression: string): boolean =>
  expression
    .replaceAll(/[()]/g, '')
    .split(/\s+OR\s+/)
    .some((option) => option.split(/\s+AND\s+/).every((license) => permissive.has(license.trim())))

/** Packages whose licence is unknown, or asks for more than a notice. */
export const withoutKnownLicense = (packages: readonly DeployedPackage[]): DeployedPackage[] =>
  packages.filter(
    ({ name, license }) => !isPermissive(license) && reviewed[name]?.license !== license,
  )

const urlOf = ({ name, version }: DeployedPackage): string =>
  `pkg:npm/${name.replace('@', '%40')}@${version}`

/** The packages as a CycloneDX 1.6 document, the same for the same packages. */
export const billOfMaterials = (packages: readonly DeployedPackage[], version: string): object => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', name: 'launch-studio', version } },
  components: packages.map((each) => ({
    type: 'library',
    'bom-ref': `${urlOf(each)}#${each.path}`,
    name: each.name,
    version: each.version,
    purl: urlOf(each),
    licenses: [{ expression: each.license }],
    ...(each.sha512 === undefined
      ? {}
      : {
          hashes: [{ alg: 'SHA-512', content: Buffer.from(each.sha512, 'base64').toString('hex') }],
        }),
  })),
})

/** The same as a list to read. */
export const licenseList = (packages: readonly DeployedPackage[]): string => {
  const lines = packages.map(({ name, version, license }) => {
    const note = reviewed[name]?.reason
    return `${license.padEnd(14)} ${name} ${version}${note ? `\n${' '.repeat(15)}${note}` : ''}`
  })
  return `${[...new Set(lines)].sort().join('\n')}\n`
}
