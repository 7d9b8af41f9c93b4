import { resolve } from 'node:path'
import type { Metafile } from 'esbuild'

/**
 * The paths of an output and of all that it loads by imports of these kinds, as the metafile names them.
 * Throws when there is no output at this path.
 */
export const reachedFrom = (
  outputs: Metafile['outputs'],
  index: string,
  kinds: readonly string[],
): string[] => {
  const entry = Object.keys(outputs).find((path) => resolve(path) === resolve(index))
  if (entry === undefined) throw new Error(`There is no bundle at ${index}.`)
  const reached = new Set([entry])
  for (const file of reached) {
    for (const { path, kind } of outputs[file]?.imports ?? []) {
      if (kinds.includes(kind) && outputs[path]) reached.add(path)
    }
  }
  return [...reached]
}
