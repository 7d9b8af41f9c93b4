import { dirname, join, resolve, sep } from 'node:path'
import { type BuildOptions, build, type Metafile } from 'esbuild'

/** Code that runs in threads of a function: nothing imports it, so that it is bundled by itself. */
const threads = [
  {
    /** Part of the path of the source that starts it. */
    startedBy: 'shared/platform/film/film-worker-file.ts',
    entry: join(import.meta.dirname, '..', 'shared', 'platform', 'film', 'film-worker.ts'),
    name: 'film-worker.mjs',
  },
] as const

const functionsWith = (metafile: Metafile, directory: string, source: string): Set<string> => {
  const found = Object.entries(metafile.outputs).filter(([, { inputs }]) =>
    Object.entries(inputs).some(
      ([path, { bytesInOutput }]) => bytesInOutput > 0 && path.includes(source),
    ),
  )
  const ofRoot = resolve(directory).length + 1
  return new Set(found.map(([output]) => resolve(output).slice(ofRoot).split(sep)[0] ?? ''))
}

/** Bundles the threads of each function into its `assets/`, where `film-worker-file.ts` finds them. */
export const bundleThreads = async (
  metafile: Metafile,
  directory: string,
  options: BuildOptions,
): Promise<void> => {
  for (const { startedBy, entry, name } of threads) {
    for (const owner of functionsWith(metafile, directory, startedBy)) {
      const outfile = join(directory, owner, 'assets', name)
      await build({ ...options, entryPoints: [entry], outdir: dirname(outfile) })
    }
  }
}
