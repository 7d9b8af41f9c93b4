import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type FunctionName, functionEntries, loadedBy } from '../lib/bundle.ts'
import type { Synthesis } from '../lib/synthesize.ts'
import { aimedAt, atMost, median, type Row, rowOf } from './statistics.ts'

const rounds = 11
/** Rounds before them, whose starts read files that nothing has read yet. */
const warmUps = 1

/**
 * What Lambda's runtime has done when it imports a handler: it has Node's http, over which it asks for
 * invocations. Writes the microseconds of processor time that the process has taken until the handler is there.
 */
const runtime = `
process.getBuiltinModule('node:http')
globalThis.awslambda = { streamifyResponse: (handler) => handler, HttpResponseStream: {} }
const { handler } = await import(process.argv[2])
if (typeof handler !== 'function') throw new Error('The bundle exports no handler.')
const { user, system } = process.cpuUsage()
process.stdout.write(String(user + system))
`

/** The variables of a function's template, with what the runtime adds to them; what AWS would fill in is a word. */
const environmentOf = ({ template }: Synthesis, name: FunctionName): Record<string, string> => {
  const variables = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::Lambda::Function' && id.startsWith(name),
  )?.[1].Properties as { Environment?: { Variables?: Record<string, unknown> } } | undefined
  return {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'cold',
    AWS_SECRET_ACCESS_KEY: 'cold',
    ...Object.fromEntries(
      Object.entries(variables?.Environment?.Variables ?? {}).map(([variable, value]) => [
        variable,
        typeof value === 'string' ? value : 'cold',
      ]),
    ),
  }
}

interface Start {
  name: string
  bundle: string
  environment: Record<string, string>
  /** Milliseconds of processor time of each start. */
  taken: number[]
}

const start = async (
  runtimeFile: string,
  { name, bundle, environment }: Start,
): Promise<number> => {
  const child = spawn(process.execPath, [runtimeFile, bundle], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let written = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${name} did not start.`)
  return Number(written) / 1000
}

/**
 * Starts each function's bundle in a process of its own, in turn with a handler that does nothing: the
 * processor time of either, from the process's first instruction to a handler that is ready, by their medians.
 */
export const measureColdStarts = async (synthesis: Synthesis, folder: string): Promise<Row[]> => {
  await mkdir(folder, { recursive: true })
  const runtimeFile = join(folder, 'runtime.mjs')
  const empty = join(folder, 'empty.mjs')
  await writeFile(runtimeFile, runtime)
  await writeFile(empty, 'export const handler = async () => {}\n')
  const functions = (Object.keys(functionEntries) as FunctionName[]).map((name): Start => {
    const bundle = join(synthesis.bundle.directory, name, 'index.mjs')
    return { name, bundle, environment: environmentOf(synthesis, name), taken: [] }
  })
  const emptyStart: Start = { name: 'an empty handler', bundle: empty, environment: {}, taken: [] }
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const each of [emptyStart, ...functions]) {
      const taken = await start(runtimeFile, each)
      if (round >= 0) each.taken.push(taken)
    }
  }
  const floor = median(emptyStart.taken)
  return [
    rowOf('start of an empty handler, processor time', emptyStart.taken, 'ms'),
    ...functions.map(({ name, taken }) => {
      const bytes = loadedBy(synthesis.bundle, name as FunctionName).atStart.bytes
      return rowOf(
        `start of ${name} (${(bytes / 1000).toFixed(0)} KB), beside it`,
        taken.map((milliseconds) => milliseconds / floor),
        '×',
        aimedAt(atMost(1.6, '×'), atMost(3.5, '×')),
      )
    }),
  ]
}
