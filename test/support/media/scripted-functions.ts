import { join } from 'node:path'
import { build } from 'esbuild'
import * as z from 'zod'
import { inPartsOf } from '../../../lib/bundle.ts'
import { parseTemplate } from '../../../local/engine.ts'

const entries = { MediaWorker: 'worker-entry.ts', HttpAssets: 'assets-entry.ts' } as const

const codeSchema = z.looseObject({ Code: z.looseObject({ S3Key: z.string() }) })

/**
 * The folders of a template's functions, but for the two of media: those are composed with scripted makers and
 * planners, in the place of the product's own.
 */
export const withScriptedMedia = async (
  template: unknown,
  folders: (asset: string) => string,
  directory: string,
): Promise<(asset: string) => string> => {
  const { Resources } = parseTemplate(template)
  const replaced = new Map<string, string>()
  for (const [name, entry] of Object.entries(entries)) {
    const outdir = join(directory, name)
    await build(inPartsOf(join(import.meta.dirname, entry), outdir))
    replaced.set(codeSchema.parse(Resources[name]?.Properties).Code.S3Key, outdir)
  }
  return (asset) => replaced.get(asset) ?? folders(asset)
}
