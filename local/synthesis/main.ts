/**
 * Synthesizes once, in a process of its own that takes the CDK's and esbuild's memory along when it
 * ends. Its request comes over the channel to its parent; the settings are its environment.
 */
import { once } from 'node:events'
import { bundleFunctions } from '../../lib/bundle.ts'
import { buildConsole } from '../../lib/console-files.ts'
import type { SynthesisAnswer, SynthesisRequest } from './messages.ts'

// The channel also closes when the parent is killed.
process.once('disconnect', () => process.exit(1))

const answerTo = async ({
  outdir,
  bundleDirectory,
  consoleDirectory,
}: SynthesisRequest): Promise<SynthesisAnswer> => {
  try {
    // Node loads the CDK while esbuild, in its own process, bundles.
    const [bundle, console, { synthesize }] = await Promise.all([
      bundleFunctions({ directory: bundleDirectory }),
      buildConsole(consoleDirectory),
      import('../../lib/synthesize.ts'),
    ])
    const { template } = await synthesize({ outdir, bundle, console, checks: false })
    return { template }
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error))
    return { error: { name, message, stack } }
  }
}

const [request] = (await once(process, 'message')) as [SynthesisRequest]
const answer = await answerTo(request)
process.send?.(answer, () => process.exit(0))
