import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Scripts of the built console's page, by the name of their file: bytes as gzip sends them at its best. */
export interface ConsoleScripts {
  /** What has to be there before the page shows anything. */
  atStart: Map<string, number>
  /** What is fetched later: ahead, once the page rests, or when it is asked for. */
  later: Map<string, number>
}

const follow = (directory: string, from: readonly string[], naming: RegExp): Set<string> => {
  const found = new Set<string>()
  const take = (name: string): void => {
    if (found.has(name)) return
    found.add(name)
    const code = readFileSync(join(directory, 'assets', name), 'utf8')
    for (const [, next = ''] of code.matchAll(naming)) take(next)
  }
  for (const name of from) take(name)
  return found
}

/** @param directory of the built console */
export const consoleScripts = (directory: string): ConsoleScripts => {
  const page = readFileSync(join(directory, 'index.html'), 'utf8')
  const named = [...page.matchAll(/"\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name)
  const atStart = follow(directory, named, /(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g)
  const all = follow(directory, named, /["'`](?:\.\/|assets\/)([^"'`]+\.js)["'`]/g)
  const bytesOf = (name: string): number =>
    gzipSync(readFileSync(join(directory, 'assets', name)), { level: 9 }).length
  const sizes = (names: Iterable<string>) =>
    new Map([...names].map((name): [string, number] => [name, bytesOf(name)]))
  return { atStart: sizes(atStart), later: sizes([...all].filter((name) => !atStart.has(name))) }
}

export const bytesOfAll = (scripts: ReadonlyMap<string, number>): number =>
  [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0)
