import { type ParseArgsConfig, parseArgs } from 'node:util'

/** What a command writes instead of measuring, and the status that it exits with. */
export class Usage {
  readonly text: string
  readonly status: 0 | 2

  constructor(text: string, status: 0 | 2) {
    this.text = text
    this.status = status
  }
}

export const exitWith: (usage: Usage) => never = ({ text, status }) => {
  const stream = status === 0 ? process.stdout : process.stderr
  stream.write(`${text}\n`)
  process.exit(status)
}

const isOfArguments = (error: unknown): error is Error =>
  error instanceof Error &&
  String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS')

/** The arguments of a command; its usage for `--help`, and for options that it does not have. */
export const readArguments = <T extends ParseArgsConfig>(
  usage: string,
  config: T & { args: readonly string[] },
): ReturnType<typeof parseArgs<T>> | Usage => {
  if (config.args.includes('--help') || config.args.includes('-h')) return new Usage(usage, 0)
  try {
    return parseArgs<T>(config)
  } catch (error) {
    if (!isOfArguments(error)) throw error
    return new Usage(`${error.message}\n${usage}`, 2)
  }
}

interface BenchArguments {
  quick: boolean
  save: string | undefined
  /** The parts that are measured. */
  names: readonly string[]
}

/** What `node bench/run.ts` is asked for: the parts that it names, or all. */
export const readBenchArguments = (
  args: readonly string[],
  parts: readonly string[],
): BenchArguments | Usage => {
  const usage = `Usage: node bench/run.ts [--quick] [--save FILE] [PART ...]\nParts: ${parts.join(', ')}`
  const read = readArguments(usage, {
    args,
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false }, save: { type: 'string' } },
  })
  if (read instanceof Usage) return read
  const { values, positionals } = read
  const unknown = positionals.filter((name) => !parts.includes(name))
  if (unknown.length > 0) return new Usage(`There is no part ${unknown.join(', ')}.\n${usage}`, 2)
  return {
    quick: values.quick,
    save: values.save,
    names: positionals.length > 0 ? positionals : parts,
  }
}
