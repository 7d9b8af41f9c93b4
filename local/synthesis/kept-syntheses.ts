import { randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { assetDirectories } from '../template/assets.ts'
import { parseTemplate, type Template } from '../template/template.ts'

/** What a synthesis left, ready to be run. */
export interface KeptSynthesis {
  template: Template
  /** The folder of a function's package by its `S3Key` in the template. */
  codeDirectory: (asset: string) => string
  /** Where the compiled code of these packages may be kept as well. */
  compileCache: string
}

/** Names inside the folder of one synthesis. */
const names = {
  template: 'template.json',
  assembly: 'assembly',
  bundles: 'bundles',
  console: 'console',
  compiled: 'compiled',
} as const
const userPrefix = 'used-by-'
const unfinishedMark = '.unfinished-by-'

/** Syntheses that stay when newer ones come, besides those that an engine runs. */
const maxKept = 3

/**
 * Takes a synthesis and marks it as used by this process, so that no other deletes it meanwhile.
 * Undefined when there is none; one that cannot be read was damaged from outside and is removed.
 */
export const takeKept = (directory: string, key: string): KeptSynthesis | undefined => {
  const folder = join(directory, key)
  if (!existsSync(folder)) return undefined
  try {
    markUsed(folder)
    return {
      template: parseTemplate(JSON.parse(readFileSync(join(folder, names.template), 'utf8'))),
      codeDirectory: assetDirectories(join(folder, names.assembly)),
      compileCache: join(folder, names.compiled),
    }
  } catch {
    remove(folder)
    return undefined
  }
}

/** A folder that a synthesis is written into before it is kept: all at once or not at all. */
export interface Unfinished {
  outdir: string
  bundleDirectory: string
  consoleDirectory: string
  /** Puts the synthesis in its place, unless another process was faster. */
  keep: (template: unknown) => void
  /** Removes what was not kept. */
  [Symbol.dispose]: () => void
}

export const beginKeeping = (directory: string, key: string): Unfinished => {
  const place = join(directory, key)
  const folder = `${place}${unfinishedMark}${process.pid}-${randomUUID()}`
  mkdirSync(folder, { recursive: true })
  return {
    outdir: join(folder, names.assembly),
    bundleDirectory: join(folder, names.bundles),
    consoleDirectory: join(folder, names.console),
    keep(template) {
      writeFileSync(join(folder, names.template), JSON.stringify(template))
      // The assembly has its own copies.
      for (const name of [names.bundles, names.console]) {
        rmSync(join(folder, name), { recursive: true, force: true })
      }
      try {
        renameSync(folder, place)
      } catch (error) {
        // What another process has put there meanwhile is the same.
        if (!existsSync(place)) throw error
      }
    },
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Deletes what no process uses or writes any more, but for this key and the newest others. */
export const cleanUp = (directory: string, key: string): void => {
  try {
    for (const name of needless(directory, key)) remove(join(directory, name))
  } catch (error) {
    // Another start cleans up at the same time.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

const needless = (directory: string, key: string): string[] => {
  const folders = readdirSync(directory).filter((name) => name !== key)
  const abandoned = folders.filter((name) => {
    const [, writer] = name.split(unfinishedMark)
    return writer !== undefined && !isRunning(Number.parseInt(writer, 10))
  })
  const old = folders
    .filter((name) => !name.includes(unfinishedMark))
    .sort((left, right) => changedAt(directory, right) - changedAt(directory, left))
    .slice(maxKept - 1)
    .filter((name) => !usersOf(join(directory, name)).some(isRunning))
  return [...abandoned, ...old]
}

/** Removes a folder from its place at once, so that a reader finds all of it or nothing. */
const remove = (folder: string): void => {
  const doomed = `${folder}${unfinishedMark}${process.pid}-${randomUUID()}`
  renameSync(folder, doomed)
  rmSync(doomed, { recursive: true, force: true })
}

const changedAt = (directory: string, name: string): number =>
  statSync(join(directory, name)).mtimeMs

/** Writes down that this process uses a folder, and forgets those that have ended. */
const markUsed = (folder: string): void => {
  writeFileSync(join(folder, `${userPrefix}${process.pid}`), '')
  for (const pid of usersOf(folder)) {
    if (!isRunning(pid)) rmSync(join(folder, `${userPrefix}${pid}`), { force: true })
  }
}

const usersOf = (folder: string): number[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(userPrefix))
    .map((name) => Number(name.slice(userPrefix.length)))

/** Whether a process of this number exists: perhaps another one by now, which only keeps the folder longer. */
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
