import { join } from 'node:path'
import { build } from 'esbuild'
import * as z from 'zod'
import { inPartsOf } from '../../../lib/bundle.ts'
import { copyBundledFiles } from '../../../lib/bundled-files.ts'
import { parseTemplate } from '../../../local/engine.ts'

const entries = { MediaWorker: 'worker-entry.ts', HttpAssets: 'assets-entry.ts' } as const

const codeSchema = z.looseObject({ Code: z.looseObject({ S3Key: z.string() }) })

/**
 * Builds the two functions of media with scripted makers and planners in the place of the product's own.
 * @returns their folders, by the key under which the template names what they replace
 */
export const scriptedMedia = async (
  template: unknown,
  directory: string,
): Promise<Record<string, string>> => {
  const { Resources } = parseTemplate(template)
  const replaced: Record<string, string> = {}
  for (const [name, entry] of Object.entries(entries)) {
    const outdir = join(directory, name)
    const { metafile } = await build(inPartsOf(join(import.meta.dirname, entry), outdir))
    await copyBundledFiles(metafile, directory)
    replaced[codeSchema.parse(Resources[name]?.Properties).Code.S3Key] = outdir
  }
  return replaced
}
