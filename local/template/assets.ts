import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { TemplateError } from './template.ts'

const manifestSchema = z.looseObject({
  files: z.record(
    z.string(),
    z.looseObject({
      source: z.looseObject({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.looseObject({ objectKey: z.string() })),
    }),
  ),
})

/**
 * Finds the folders of a cloud assembly (`cdk.out`) by the `S3Key` under which a template names
 * them. The returned function throws TemplateError for a key that no manifest has.
 */
export const assetDirectories = (assemblyDirectory: string): ((asset: string) => string) => {
  const directories = new Map<string, string>()
  for (const file of readdirSync(assemblyDirectory)) {
    if (!file.endsWith('.assets.json')) continue
    const manifest = JSON.parse(readFileSync(join(assemblyDirectory, file), 'utf8'))
    for (const { source, destinations } of Object.values(manifestSchema.parse(manifest).files)) {
      if (source.path === undefined) continue
      for (const { objectKey } of Object.values(destinations)) {
        directories.set(objectKey, join(assemblyDirectory, source.path))
      }
    }
  }
  return (asset) => {
    const directory = directories.get(asset)
    if (directory === undefined) {
      throw new TemplateError(`The assembly ${assemblyDirectory} holds no asset ${asset}`)
    }
    return directory
  }
}
