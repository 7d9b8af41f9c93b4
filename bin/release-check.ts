/**
 * `npm run release:check`: whether this commit may be released under the version of package.json. Compares
 * the API with that of the last tag, the version with the changelog, and generated files with their
 * sources. Exits with 1 and names what stands in the way.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rsort } from 'semver'
import {
  type Api,
  breakingChanges,
  lostMessages,
  type Messages,
} from '../lib/release/breaking-changes.ts'
import { releaseFindings } from '../lib/release/release-findings.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const parse = (path: string) => JSON.parse(read(path))

const run = (command: string, ...words: string[]) =>
  spawnSync(command, words, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 })
const git = (...words: string[]): string => run('git', ...words).stdout

const released = git('tag', '--list', 'v*')
  .split('\n')
  .filter((tag) => /^v\d+\.\d+\.\d+$/.test(tag))
const [last] = rsort(released)

/** A generated document of the last release; undefined before the first. */
const releasedDocument = (path: string) =>
  last === undefined ? undefined : JSON.parse(git('show', `${last}:${path}`))

const breaking: string[] = []
const openapi = 'docs/api/openapi.json'
const asyncapi = 'docs/api/asyncapi.json'
const releasedApi: Api | undefined = releasedDocument(openapi)
if (releasedApi) breaking.push(...breakingChanges(releasedApi, parse(openapi)))
const releasedMessages: Messages | undefined = releasedDocument(asyncapi)
if (releasedMessages) breaking.push(...lostMessages(releasedMessages, parse(asyncapi)))

const { version, license } = parse('package.json')
const findings = releaseFindings({
  version,
  lockedVersion: parse('package-lock.json').version,
  changelog: read('CHANGELOG.md'),
  last: last?.slice(1) ?? null,
  breaking,
})
if (!license || !existsSync(join(root, 'LICENSE'))) findings.push('There is no licence.')

const isClean = (): boolean => git('status', '--porcelain') === ''
if (isClean()) {
  if (run('npm', 'run', 'docs').status !== 0) findings.push('npm run docs fails.')
  if (!isClean())
    findings.push('Generated documents were out of date: commit what npm run docs wrote.')
} else findings.push('There are changes that are not committed.')

for (const change of breaking) process.stdout.write(`breaks callers: ${change}\n`)
for (const finding of findings) process.stderr.write(`✗ ${finding}\n`)
if (findings.length > 0) process.exitCode = 1
else {
  const since = last ? `, which follows ${last}` : ', the first'
  process.stdout.write(`✓ This commit may be released as ${version}${since}.\n`)
}
