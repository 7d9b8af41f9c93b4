/** `npm run ops -- COMMAND`: what an operator of a running studio does, here or deployed. */
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import type { Command } from './command.ts'
import { commands } from './commands.ts'
import { Failure, WrongUsage } from './failure.ts'
import { generalHelp, helpOf } from './help.ts'
import { openStudio, studioOptions } from './studio.ts'

const general = {
  ...studioOptions,
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

const ask = async (question: string): Promise<string | undefined> => {
  if (!process.stdin.isTTY) return undefined
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await terminal.question(question)).trim()
  } finally {
    terminal.close()
  }
}

const argumentsOf = (command: Command, given: string[]) => {
  try {
    return parseArgs({
      args: given,
      options: { ...general, ...command.options },
      allowPositionals: true,
    })
  } catch (error) {
    throw new WrongUsage(error instanceof Error ? error.message : String(error))
  }
}

const textIn = (values: Record<string, unknown>, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

const runCommand = async (name: string, command: Command, given: string[]): Promise<number> => {
  const { values, positionals } = argumentsOf(command, given)
  const settings: Record<string, unknown> = values
  if (settings.help === true) {
    process.stdout.write(helpOf(name, command))
    return 0
  }
  const studio = await openStudio({
    data: textIn(settings, 'data'),
    outputs: textIn(settings, 'outputs'),
    stack: textIn(settings, 'stack'),
  })
  return command.run({
    studio,
    positionals,
    flag: (option) => settings[option] === true,
    value: (option) => textIn(settings, option),
    answer: (data, text) =>
      void process.stdout.write(
        `${settings.json === true ? JSON.stringify(data, null, 2) : text}\n`,
      ),
    remark: (text) => void process.stderr.write(`${text}\n`),
    ask,
  })
}

const main = async ([name, ...given]: string[]): Promise<number> => {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(generalHelp())
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!command) {
    throw new WrongUsage(
      `There is no command ${JSON.stringify(name)}. There are: ${Object.keys(commands).join(', ')}.`,
    )
  }
  return runCommand(name, command, given)
}

/** What was thrown, in words for an operator. */
const complaintOf = async (error: unknown): Promise<string> => {
  if (error instanceof WrongUsage || error instanceof Failure) return error.message
  const { complain } = await import('./complaint.ts')
  return complain(error)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  console.error(await complaintOf(error))
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}
