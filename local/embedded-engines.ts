import { join } from 'node:path'
import { FunctionLog } from './functions/function-log.ts'
import { LocalServer } from './http/local-server.ts'
import { type MessageEngine, startMessageEngine } from './queues/message-engine.ts'
import { ExecutionStore } from './states/execution-store.ts'
import { startTableEngine, type TableEngineName } from './tables/table-engine.ts'
import type { TableEngine } from './tables/table-program.ts'

/** Everything that listens or holds a file, before it knows a template. */
export interface EmbeddedEngines {
  store: ExecutionStore
  functionLog: FunctionLog
  front: LocalServer
  frontOrigin: string
  control: LocalServer
  controlOrigin: string
  tables: TableEngine
  messages: MessageEngine
}

export interface EngineChoice {
  dataDirectory: string
  port: number
  tableEngine: TableEngineName
}

/**
 * Starts the embedded engines and puts them on the stack, which ends them in the opposite order.
 * Throws when the port is taken, another engine uses the folder, or an engine does not start.
 */
export const startEmbeddedEngines = async (
  { dataDirectory, port, tableEngine }: EngineChoice,
  log: (line: string) => void,
  stack: AsyncDisposableStack,
): Promise<EmbeddedEngines> => {
  const store = stack.adopt(new ExecutionStore(dataDirectory), (it) => it.close())
  const logFile = join(dataDirectory, 'functions.log')
  const functionLog = stack.adopt(new FunctionLog(logFile, log), (it) => it.close())
  const front = stack.adopt(new LocalServer(log), (it) => it.close())
  const control = stack.adopt(new LocalServer(log), (it) => it.close())
  const frontOrigin = await front.listen(port)
  const controlOrigin = await control.listen(0)
  const [tables, messages] = await Promise.allSettled([
    startTableEngine(tableEngine, dataDirectory, log),
    startMessageEngine(dataDirectory),
  ])
  return {
    store,
    functionLog,
    front,
    frontOrigin,
    control,
    controlOrigin,
    ...adoptBoth(stack, tables, messages),
  }
}

/** When one of the two does not start, the other must not be forgotten. */
const adoptBoth = (
  stack: AsyncDisposableStack,
  tables: PromiseSettledResult<TableEngine>,
  messages: PromiseSettledResult<MessageEngine>,
): { tables: TableEngine; messages: MessageEngine } => {
  for (const engine of [tables, messages]) {
    if (engine.status === 'fulfilled') stack.adopt(engine.value, (it) => it.close())
  }
  if (tables.status === 'rejected') throw tables.reason
  if (messages.status === 'rejected') throw messages.reason
  return { tables: tables.value, messages: messages.value }
}
