import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'
import { withoutAnswers, withPureDeclarations } from './pure-declarations.ts'

/** Our modules, which promise to do nothing but declare: `"sideEffects": false` in package.json. */
const declaring = /\/(?:shared|functions)\/.*\.ts$/
const routes = /\/shared\/contracts\/http\/[\w-]+-routes\.ts$/

const readModule = async (path: string): Promise<string> => {
  const source = await readFile(path, 'utf8')
  try {
    return withPureDeclarations(routes.test(path) ? withoutAnswers(source) : source)
  } catch {
    // It does not compile: esbuild says so, and where.
    return source
  }
}

/** Lets esbuild leave out what a function does not use. Reads each module once, however many functions have it. */
export const leanModules = (): Plugin => ({
  name: 'modules without what a function does not use',
  setup(build) {
    const read = new Map<string, Promise<string>>()
    build.onLoad({ filter: declaring }, async ({ path }) => {
      const module = read.get(path) ?? readModule(path)
      read.set(path, module)
      return { contents: await module, loader: 'ts' }
    })
  },
})
