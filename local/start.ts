/**
 * `npm start`: the product on this machine, with a real model. `npm start -- --trace` also prints what each
 * request and run did, as a tree with times.
 */
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { LimitSettingWrong } from '../shared/rules/limit-settings.ts'
import { AmountWrong, boot, ModelMissing } from './boot.ts'
import type { Engine } from './engine.ts'
import { mediaReport } from './media-report.ts'
import { TableEngineUnknown, tableEngineName } from './tables/table-engine.ts'
import { traceLines } from './traces/trace-tree.ts'

const repository = join(import.meta.dirname, '..')
const defaultPort = 8787

const print = (line: string): void => {
  console.log(line)
}

const complain = (error: unknown): void => {
  const known =
    error instanceof ModelMissing ||
    error instanceof AmountWrong ||
    error instanceof LimitSettingWrong ||
    error instanceof TableEngineUnknown ||
    (error instanceof Error && 'code' in error)
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error('The port is taken. Choose another one: PORT=8788 npm start')
  } else console.error(known ? error.message : error)
  process.exitCode = 1
}

/** Closes once, however many signals come; the second one does not wait. */
const closeOnSignals = (engine: Engine): void => {
  let closing = false
  const close = async () => {
    if (closing) process.exit(130)
    closing = true
    print('Closing …')
    await engine.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => void close().catch(complain))
  }
}

const start = async (): Promise<void> => {
  const { 'table-engine': named, trace: tracing } = parseArgs({
    options: { 'table-engine': { type: 'string' }, trace: { type: 'boolean' } },
  }).values
  const tableEngine = tableEngineName(named ?? 'dynoxide')
  const dataDirectory = process.env.LAUNCH_STUDIO_DATA || join(repository, '.launch-studio')
  const port = Number(process.env.PORT || defaultPort)
  const engine = await boot({
    environment: process.env,
    dataDirectory,
    synthesisDirectory: join(dataDirectory, 'synthesis'),
    port,
    tableEngine,
    log: print,
    onTrace: tracing ? (trace) => print(`\n${traceLines(trace).join('\n')}`) : undefined,
    onSynthesis: () => print('Bundling the functions, which changed or are new …'),
  })
  closeOnSignals(engine)
  print('')
  print('Launch Studio runs on this machine.')
  print(`  Open    ${engine.origin}`)
  print(`  Socket  ${engine.socketUrl}`)
  print(`  Data    ${dataDirectory}`)
  print(`  Log     ${join(dataDirectory, 'functions.log')}`)
  if (tableEngine === 'dynamodb-local') {
    print('  Tables  DynamoDB Local, which this machine’s whole network can reach while it runs')
  }
  for (const { what, found, missing } of await mediaReport()) {
    if (missing) print(`  Missing ${what}: ${found}`)
  }
  print('Ctrl-C ends it; the data stay.')
}

await start().catch(complain)
