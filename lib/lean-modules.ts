import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import { lateExportsOf, withLateConstants, withLateRequests } from './late-constants.ts'
import { withoutAnswers, withPureDeclarations } from './pure-declarations.ts'

/** Our modules, which promise to do nothing but declare: `"sideEffects": false` in package.json. */
const declaring = /\/(?:shared|functions)\/.*\.ts$/
/** Those whose constants are computed late. The functions' own are what each invocation needs. */
const shared = /\/shared\/.*\.ts$/
const routes = /\/shared\/contracts\/http\/[\w-]+-routes\.ts$/

const remembered = <T>(make: (path: string) => Promise<T>): ((path: string) => Promise<T>) => {
  const made = new Map<string, Promise<T>>()
  return (path) => {
    const one = made.get(path) ?? make(path)
    made.set(path, one)
    return one
  }
}

const nothing: ReadonlySet<string> = new Set()

/** Modules as they are handed to esbuild, each read once. */
const createReader = () => {
  const sourceOf = remembered(async (path) => {
    const source = await readFile(path, 'utf8')
    return routes.test(path) ? withLateRequests(withoutAnswers(source)) : source
  })
  const lateExports = remembered(async (path): Promise<ReadonlySet<string>> => {
    if (!shared.test(path)) return nothing
    return lateExportsOf(await sourceOf(path), seenFrom(path))
  })
  const seenFrom = (path: string) => (specifier: string) =>
    lateExports(resolve(dirname(path), specifier))
  return remembered(async (path) => {
    const declares = shared.test(path)
    const late = await withLateConstants(await sourceOf(path), seenFrom(path), { declares })
    return withPureDeclarations(late)
  })
}

/** Lets esbuild leave out what a function does not use. Reads each module once, however many functions have it. */
export const leanModules = (): Plugin => ({
  name: 'modules without what a function does not use',
  setup(build) {
    const read = createReader()
    build.onLoad({ filter: declaring }, async ({ path }) => {
      try {
        return { contents: await read(path), loader: 'ts' }
      } catch {
        // It does not compile: esbuild says so, and where.
        return { contents: await readFile(path, 'utf8'), loader: 'ts' }
      }
    })
  },
})
