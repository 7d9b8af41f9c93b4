import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { functionEntries } from '../../lib/bundle.ts'
import { type AppOptions, synthesize, type Template } from '../../lib/synthesize.ts'

/**
 * Synthesizes the app with settings other than the shared ones, around one-line functions to be quick:
 * the functions' code changes nothing in the template but the hashes of their packages.
 */
export const synthesizeTemplate = async (
  options: Pick<AppOptions, 'stage' | 'environment' | 'checks'>,
): Promise<Template> => {
  const folder = mkdtempSync(join(tmpdir(), 'launch-studio-infra-'))
  try {
    const entriesRoot = join(folder, 'functions')
    for (const path of Object.values(functionEntries)) {
      mkdirSync(dirname(join(entriesRoot, path)), { recursive: true })
      writeFileSync(join(entriesRoot, path), `export const handler = async () => '${path}'\n`)
    }
    const { template } = await synthesize({
      environment: {},
      ...options,
      entriesRoot,
      bundleDirectory: join(folder, 'bundles'),
      outdir: join(folder, 'assembly'),
    })
    return template
  } finally {
    rmSync(folder, { recursive: true })
  }
}
