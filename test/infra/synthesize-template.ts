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
    const console = { directory: join(folder, 'console'), sources: [] }
    mkdirSync(join(console.directory, 'assets'), { recursive: true })
    for (const name of ['index.html', 'components.html', 'favicon.svg', 'assets/index.js']) {
      writeFileSync(join(console.directory, name), '')
    }
    const { template } = await synthesize({
      environment: {},
      ...options,
      entriesRoot,
      console,
      bundleDirectory: join(folder, 'bundles'),
      outdir: join(folder, 'assembly'),
    })
    return template
  } finally {
    rmSync(folder, { recursive: true })
  }
}
