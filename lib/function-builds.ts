import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { type BuildContext, type BuildOptions, context, type Metafile, type Plugin } from 'esbuild'
import { reachedFrom } from './reached-outputs.ts'

/** What esbuild is asked for; its plugin says which function is meant. */
const anyEntry = 'entry-of-a-function'

interface FunctionBuilds {
  /** Absolute path of the entry file by the function's name. */
  entries: Readonly<Record<string, string>>
  /** Folder that receives `<name>/index.mjs` and what it loads. */
  directory: string
  /** Options of the build of one function, from its entry and its folder. */
  optionsOf: (entry: string, outdir: string) => BuildOptions & { metafile: true }
}

/**
 * Builds each function by itself, so that each holds only what it uses, on one context of esbuild, which
 * parses a file once for all of them. Writes what the entry reaches: esbuild makes a chunk of every
 * `import()`, also of those in code that it has left out.
 * Rejects with esbuild's BuildFailure.
 */
export const buildEach = async (builds: FunctionBuilds): Promise<Metafile> => {
  const { entries, directory, optionsOf } = builds
  const built: Metafile = { inputs: {}, outputs: {} }
  const meant = { entry: '' }
  // Nothing is written to this folder: it stands for the function's.
  const outdir = join(directory, anyEntry)
  const options = { ...optionsOf(anyEntry, outdir), write: false as const }
  const shared = await contextWithMemory({
    ...options,
    plugins: [entryPlugin(meant), ...(options.plugins ?? [])],
  })
  try {
    for (const [name, entry] of Object.entries(entries)) {
      meant.entry = entry
      const { metafile, outputFiles } = await shared.rebuild()
      const placeOf = (path: string): string =>
        join(directory, name, relative(outdir, resolve(path)))
      const outputs = placedOutputs(metafile, join(outdir, 'index.mjs'), placeOf)
      for (const { path, contents } of outputFiles) {
        const place = placeOf(path)
        if (outputs[relative(process.cwd(), place)] === undefined) continue
        await mkdir(dirname(place), { recursive: true })
        await writeFile(place, contents)
      }
      Object.assign(built.inputs, metafile.inputs)
      Object.assign(built.outputs, outputs)
    }
    return built
  } finally {
    await shared.dispose()
  }
}

type UnwrittenOptions = BuildOptions & { metafile: true; write: false }

/** esbuild collects garbage at this growth in percent: a quarter less work for more memory, for seconds. */
const garbageGrowth = '400'

/** A context whose service, if this is the first use of it, takes the memory that it is given here. */
const contextWithMemory = async (
  options: UnwrittenOptions,
): Promise<BuildContext<UnwrittenOptions>> => {
  const before = process.env.GOGC
  process.env.GOGC = before ?? garbageGrowth
  try {
    return await context(options)
  } finally {
    if (before === undefined) delete process.env.GOGC
  }
}

const entryPlugin = (meant: { readonly entry: string }): Plugin => ({
  name: 'the entry of the function that is meant',
  setup(build) {
    build.onResolve({ filter: new RegExp(`^${anyEntry}$`) }, ({ kind, resolveDir }) =>
      build.resolve(meant.entry, { kind, resolveDir }),
    )
  },
})

/** The outputs that the entry reaches, under the paths that they are written to. */
const placedOutputs = (
  { outputs }: Metafile,
  index: string,
  placeOf: (path: string) => string,
): Metafile['outputs'] => {
  const rename = (path: string): string => relative(process.cwd(), placeOf(path))
  return Object.fromEntries(
    reachedFrom(outputs, index, ['import-statement', 'dynamic-import']).flatMap((path) => {
      const output = outputs[path]
      if (output === undefined) return []
      const imports = output.imports.map((each) =>
        outputs[each.path] ? { ...each, path: rename(each.path) } : each,
      )
      return [[rename(path), { ...output, imports }]]
    }),
  )
}
