import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type RunbookKey, runbook } from '../../docs/runbook/entries.ts'
import { firstLook } from './first-look.ts'
import type { TimedLine } from './samples.ts'

/** What one command of the runbook said while the condition lasted. */
export interface Said {
  command: string
  output: string
}

const repository = join(import.meta.dirname, '..', '..')
const program = join('ops', 'main.ts')
const prefix = 'npm run ops -- '

/** What `npm run ops` prints for these words, of the studio in this folder. */
export const runOps = async (words: string[], dataDirectory: string): Promise<string> => {
  try {
    const call = [program, ...words, '--data', dataDirectory]
    const { stdout, stderr } = await promisify(execFile)(process.execPath, call, {
      cwd: repository,
    })
    return `${stderr}${stdout}`
  } catch (error) {
    // A command that found something ends with 1.
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return `${stderr}${stdout}`
  }
}

/** The first command for operators that these entries name, asked of the studio in this folder. */
export const askAsOperator = async (
  keys: readonly RunbookKey[],
  lines: readonly TimedLine[],
  dataDirectory: string,
): Promise<Said[]> => {
  const said: Said[] = []
  for (const key of keys) {
    const { commands, lines: first } = runbook[key]
    const command = (commands as readonly string[]).find((one) => one.startsWith(prefix))
    if (command === undefined || said.some((one) => one.command.startsWith(command))) continue
    const run_id = firstLook(lines, first).find(({ fields }) => fields.run_id)?.fields.run_id
    if (command.includes('RUN') && run_id === undefined) continue
    const named = command.replace('RUN', String(run_id))
    const output = await runOps(named.slice(prefix.length).split(' '), dataDirectory)
    said.push({ command: named, output })
  }
  return said
}
