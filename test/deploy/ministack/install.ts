import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The emulator, and the SDK that AWS's Python runtime has: the CDK's own function needs it. */
const packages = ['ministack==1.5.33', 'boto3==1.43.106']

const execute = promisify(execFile)

/**
 * Installs MiniStack from PyPI into a virtual environment in the project's git-ignored data folder, once;
 * 18 MB are downloaded. Needs Python 3.10 or later with venv (Debian: python3-venv). A virtual environment
 * cannot be moved, so a mark says that it is finished.
 * @returns the environment's folder of programs
 * @throws Error with pip's own output
 */
export const installMinistack = async (): Promise<string> => {
  const parent = join(import.meta.dirname, '..', '..', '..', '.launch-studio', 'ministack')
  const folder = join(parent, packages.join('+'))
  const programs = join(folder, 'bin')
  const finished = join(folder, 'finished')
  if (existsSync(finished)) return programs
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await execute('python3', ['-m', 'venv', folder])
  const options = ['--quiet', '--disable-pip-version-check', '--only-binary=:all:']
  await execute(join(programs, 'python'), ['-m', 'pip', 'install', ...options, ...packages])
  const mark = join(folder, 'unfinished')
  await mkdir(mark)
  await rename(mark, finished)
  return programs
}
