import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import type { ConsoleFiles } from '../../../lib/console-files.ts'
import { synthesize } from '../../../lib/synthesize.ts'
import { publishSlowness } from '../limits/machine-speed.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The template that deploys, and the folder of the cloud assembly. */
    synthesis: { template: unknown; outdir: string }
    /** Folder of the functions' bundles and their metafile. */
    bundleDirectory: string
    /** Folder of the built console, and the source files of its scripts. */
    console: ConsoleFiles
  }
}

/** Synthesizes once for all files; each runs the result on an engine of its own. */
export default async (project: TestProject): Promise<() => void> => {
  const folder = mkdtempSync(join(tmpdir(), 'launch-studio-synth-'))
  const bundleDirectory = join(folder, 'functions')
  publishSlowness()
  const { template, outdir, console } = await synthesize({
    environment: {},
    bundleDirectory,
    consoleDirectory: join(folder, 'console'),
    outdir: join(folder, 'assembly'),
  })
  project.provide('synthesis', {
    template: JSON.parse(JSON.stringify(template)),
    outdir,
  })
  project.provide('bundleDirectory', bundleDirectory)
  project.provide('console', console)
  // Whatever tests leave in a temporary folder goes with this one, also when their worker is killed.
  process.env.TMPDIR = join(folder, 'temporary')
  mkdirSync(process.env.TMPDIR)
  return () => rmSync(folder, { recursive: true, force: true })
}
