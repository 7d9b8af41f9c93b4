/**
 * `node test/infra/compare-with.ts REVISION`: whether this work tree deploys and documents the same
 * as an earlier commit. Compares the synthesized templates without asset hashes and logical ids, and
 * the API documents byte for byte; prints what differs and exits with 1.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Resource = { Type: string } & Record<string, Json>

const root = join(import.meta.dirname, '..', '..')
const documents = ['docs/api/openapi.json', 'docs/api/asyncapi.json']

const synthesizedIn = (folder: string, outdir: string): Record<string, Resource> => {
  const script = `import { synthesize } from './lib/synthesize.ts'
    const { template } = await synthesize({ environment: {}, outdir: ${JSON.stringify(outdir)}, bundleDirectory: ${JSON.stringify(`${outdir}.bundles`)}, consoleDirectory: ${JSON.stringify(`${outdir}.console`)} })
    process.stdout.write(JSON.stringify(template.Resources))`
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28 } as const
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module-typescript', '-e', script], options),
  )
}

const digest = (value: Json): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 12)

/** A value with its keys in order, asset hashes masked and logical ids replaced by their labels. */
const canonical = (value: Json, labels: Map<string, string>): Json => {
  if (typeof value === 'string') {
    const masked = value.replace(/[0-9a-f]{64}/g, '<hash>')
    return (
      labels.get(masked) ??
      masked
        .replace(/\$\{(\w+)([^}]*)\}/g, (_, id, rest) => `\${${labels.get(id) ?? id}${rest}}`)
        // The state machine's definition and some permissions name their targets inside strings.
        .replace(/\b\w{8,}\b/g, (word) => labels.get(word) ?? word)
    )
  }
  if (Array.isArray(value)) return value.map((each) => canonical(each, labels))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([key]) => key !== 'Metadata')
  return Object.fromEntries(
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => {
        const plain = canonical(each, labels)
        return [key, key === 'DependsOn' && Array.isArray(plain) ? plain.map(String).sort() : plain]
      }),
  )
}

/** Rounds after which a label covers everything that a resource refers to, however indirectly. */
const rounds = 8

/** The resources by content: neither logical ids nor order matter. */
const resourcesByContent = (resources: Record<string, Resource>): Map<string, [string, Json]> => {
  let labels = new Map(Object.entries(resources).map(([id, { Type }]) => [id, `<${Type}>`]))
  for (let round = 0; round < rounds; round += 1) {
    const before = labels
    labels = new Map(
      Object.entries(resources).map(([id, resource]) => [
        id,
        `<${resource.Type} ${digest(canonical(resource, before))}>`,
      ]),
    )
  }
  return new Map(
    Object.entries(resources).map(([id, resource]): [string, [string, Json]] => [
      labels.get(id) ?? id,
      [id, canonical(resource, labels)],
    ]),
  )
}

const differences = (revision: string): string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'))
  const earlier = join(folder, 'earlier')
  try {
    execFileSync('git', ['worktree', 'add', '--detach', earlier, revision], {
      cwd: root,
      stdio: 'ignore',
    })
    symlinkSync(join(root, 'node_modules'), join(earlier, 'node_modules'))
    const before = resourcesByContent(synthesizedIn(earlier, join(folder, 'before')))
    const after = resourcesByContent(synthesizedIn(root, join(folder, 'after')))
    const only = (label: string, [id, content]: [string, Json]) =>
      `${label} ${id}: ${JSON.stringify(content)}`
    return [
      ...documents
        .filter((path) => !readFileSync(join(earlier, path)).equals(readFileSync(join(root, path))))
        .map((path) => `${path} differs`),
      ...[...before]
        .filter(([key]) => !after.has(key))
        .map(([, each]) => only('only before:', each)),
      ...[...after]
        .filter(([key]) => !before.has(key))
        .map(([, each]) => only('only after:', each)),
      ...(before.size === after.size
        ? [`${before.size} resources`]
        : [`${before.size} resources before, ${after.size} after`]),
    ]
  } finally {
    execFileSync('git', ['worktree', 'remove', '--force', earlier], { cwd: root })
    rmSync(folder, { recursive: true, force: true })
  }
}

const [revision] = process.argv.slice(2)
if (revision === undefined) throw new Error('Name the revision to compare with.')
const found = differences(revision)
process.stdout.write(`${found.join('\n')}\n`)
process.exitCode = found.length > 1 ? 1 : 0
