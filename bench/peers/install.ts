import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** What is installed from npm; none of it is a dependency of the project. */
export const npmVersions = {
  ai: '7.0.173',
  '@ai-sdk/openai': '4.0.118',
  '@restatedev/restate-server': '1.7.12',
  '@restatedev/restate-sdk': '1.17.2',
  workflow: '4.8.9',
  nitro: '3.0.260610-beta',
  openai: '7.57.0',
  zod: '4.6.7',
} as const

/** What is installed from PyPI. */
export const pythonVersions = {
  'langgraph-cli[inmem]': '0.4.40',
  'langgraph-api': '0.16.7',
  'langgraph-runtime-inmem': '0.36.7',
  langgraph: '1.2.24',
  openai: '3.57.0',
} as const

const programs = join(import.meta.dirname, 'programs')

/** Runs an install step; its output goes into the error when it fails. */
const run = async (
  command: string,
  args: readonly string[],
  cwd: string,
  environment: Record<string, string> = {},
): Promise<void> => {
  await execute(command, [...args], {
    cwd,
    maxBuffer: 64 * 2 ** 20,
    env: { ...process.env, ...environment },
  })
}

/** Does work once for a set of versions. */
const once = async (stamp: string, versions: object, work: () => Promise<void>): Promise<void> => {
  const wanted = JSON.stringify(versions)
  const had = await readFile(stamp, 'utf8').catch(() => '')
  if (had === wanted) return
  await work()
  await writeFile(stamp, wanted)
}

const installFromNpm = (folder: string): Promise<void> =>
  once(join(folder, '.npm-versions'), npmVersions, async () => {
    const manifest = { private: true, type: 'module', dependencies: npmVersions }
    await writeFile(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
    await run('npm', ['install', '--no-audit', '--no-fund'], folder)
  })

const installFromPypi = (folder: string): Promise<void> =>
  once(join(folder, '.python-versions'), pythonVersions, async () => {
    await run('python3', ['-m', 'venv', 'python'], folder)
    const pins = Object.entries(pythonVersions).map(([name, version]) => `${name}==${version}`)
    await run(join(folder, 'python', 'bin', 'pip'), ['install', '--quiet', ...pins], folder)
  })

/** What could not be installed, by peer, and why. */
export type Missing = Readonly<Record<string, string>>

/**
 * Installs the peers and their programs into a folder, and builds what has to be built.
 * @returns the peers that are not to be had here
 */
export const installPeers = async (
  folder: string,
  step: (what: string) => void,
): Promise<Missing> => {
  await mkdir(folder, { recursive: true })
  await rm(join(folder, 'workflow'), { recursive: true, force: true })
  await cp(programs, folder, { recursive: true })
  const missing: Record<string, string> = {}
  const attempt = async (peers: readonly string[], work: () => Promise<void>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      for (const peer of peers) missing[peer] = String(error).slice(0, 400)
    }
  }
  step('peers from npm')
  await attempt(['ai-sdk', 'restate', 'workflow'], () => installFromNpm(folder))
  step('peers from PyPI')
  await attempt(['langgraph'], () => installFromPypi(folder))
  if (missing.workflow === undefined) {
    step("Workflow's build")
    await attempt(['workflow'], () =>
      run(join(folder, 'node_modules', '.bin', 'nitro'), ['build'], join(folder, 'workflow')),
    )
  }
  return missing
}
