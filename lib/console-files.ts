import { rm } from 'node:fs/promises'
import { join, relative } from 'node:path'

const projectRoot = join(import.meta.dirname, '..')

/** The console, built. */
export interface ConsoleFiles {
  /** Holds the pages, and in `assets` what they load, under names that change with its content. */
  directory: string
  /** Source files that contribute to its scripts, relative to the project. */
  sources: string[]
}

/** Scripts of an output as Vite reports it; other files have no modules. */
interface Output {
  output: readonly object[]
}

const modulesOf = (results: readonly Output[]): string[] => {
  const chunks = results.flatMap(({ output }) => output)
  const modules = chunks.flatMap((chunk) =>
    'moduleIds' in chunk && Array.isArray(chunk.moduleIds) ? chunk.moduleIds : [],
  )
  return [...new Set<string>(modules)].map((path) => relative(projectRoot, path)).sort()
}

/**
 * Builds the console into a folder, which is emptied first; takes about a second. Rejects with the error of the
 * build, which names the file.
 */
export const buildConsole = async (directory: string): Promise<ConsoleFiles> => {
  // Vite is large, and only needed where nothing is built yet.
  const [{ build }, { default: config }] = await Promise.all([
    import('vite'),
    import('../web/vite.config.ts'),
  ])
  await rm(directory, { recursive: true, force: true })
  const built = await build({
    ...config,
    configFile: false,
    logLevel: 'warn',
    build: { ...config.build, outDir: directory },
  })
  const results = [built].flat().filter((result) => 'output' in result)
  return { directory, sources: modulesOf(results) }
}
