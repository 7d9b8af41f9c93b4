import { mkdirSync } from 'node:fs'
import { startEmbeddedEngines } from './embedded-engines.ts'
import type { ServiceEndpoints } from './functions/environment.ts'
import type { IdleLimits } from './functions/idle-instances.ts'
import { buildProgram, type Program, stopProgram } from './program.ts'
import type { Deliver } from './queues/event-source.ts'
import { createQueuesAndBuckets, returnUnfinishedMessages } from './queues/message-engine.ts'
import { announceEngine, operatorSettings } from './running-engine.ts'
import { checkStateMachines } from './states/state-machines.ts'
import type { TableEngineName } from './tables/table-engine.ts'
import { createTables } from './tables/tables.ts'
import { takeInventory } from './template/inventory.ts'
import { functionUrlPath, socketPath } from './template/origins.ts'
import { credentials } from './template/partition.ts'
import { Resolver } from './template/resolver.ts'
import { type Template, TemplateError } from './template/template.ts'
import type { Trace } from './traces/trace-assembly.ts'
import { openTraces } from './traces/trace-listener.ts'

export { assetDirectories } from './template/assets.ts'
export { parseTemplate, type Template } from './template/template.ts'

export interface EngineOptions {
  template: Template
  /** The folder that the `S3Key` of a function's code stands for; see `assetDirectories`. */
  codeDirectory: (asset: string) => string
  /** Keeps tables, messages, objects, executions and the functions' log over restarts. */
  dataDirectory: string
  /** Any free port when 0 or not given. */
  port?: number
  /** Serves the tables; `dynoxide` when not given. */
  tableEngine?: TableEngineName
  /** Keeps compiled code of the packages; in the data folder when not given. */
  compileCache?: string
  /** Variables on top of every function's own, such as keys. */
  environment: Readonly<Record<string, string>>
  log?: (line: string) => void
  /** URLs of modules that every function's thread imports before its bundle: tracing, fault injection. */
  preload?: readonly string[]
  /** How long functions keep instances that have nothing to do. */
  idle?: Partial<IdleLimits>
  /** Stands between the queues and their functions; every batch is invoked once when not given. */
  deliver?: Deliver
  /**
   * How many times faster than declared schedules fire and tasks of state machines time out; 1 when
   * not given. Functions and queues keep the real time.
   */
  speed?: number
  /** Gets each trace when it is complete, and again when it grew; without it, nothing is traced. */
  onTrace?: ((trace: Trace) => void) | undefined
}

export interface Engine {
  /** `http://127.0.0.1:<port>`: HTTP API, distribution and function URLs. */
  origin: string
  /** Where clients of the first WebSocket API connect; empty when the template has none. */
  socketUrl: string
  /** One line for each kind of thing in the template that does not run here. */
  notEmulated: string[]
  /** What the functions have in `AWS_ENDPOINT_URL_<SERVICE>`. */
  endpoints: ServiceEndpoints
  /** What calls must be signed with; the tables' engine alone takes any signature. */
  credentials: { accessKeyId: string; secretAccessKey: string }
  /** What `Ref` gives, by logical id; the local URL for APIs, function URLs and distributions. */
  resources: Readonly<Record<string, string>>
  /** Waits up to 3 s for running invocations; then nothing is left running. */
  close(): Promise<void>
}

const graceMilliseconds = 3000

/**
 * Runs a synthesized template on this machine: what it declares and nothing else, under 127.0.0.1
 * only. Throws when the template cannot be read (TemplateError names the place), the port is taken,
 * another engine uses the data folder or an embedded engine does not start; nothing is left running
 * then.
 */
export const startEngine = async (options: EngineOptions): Promise<Engine> => {
  const { template, dataDirectory, log = () => {} } = options
  mkdirSync(dataDirectory, { recursive: true })
  await using stack = new AsyncDisposableStack()
  const { port = 0, tableEngine = 'dynoxide' } = options
  const choice = { dataDirectory, port, tableEngine }
  const engines = await startEmbeddedEngines(choice, log, stack)
  const resolver = new Resolver(template, { sqs: engines.messages.endpoint })
  const { notEmulated, needless } = takeInventory(resolver)
  const leaveOut = (line: string) => void notEmulated.push(line)
  const traces =
    options.onTrace && stack.adopt(await openTraces(options.onTrace), (it) => it.close())
  const environment = {
    ...options.environment,
    ...(traces && { AWS_XRAY_DAEMON_ADDRESS: traces.address }),
  }
  const program = stack.adopt(
    buildProgram(resolver, engines, {
      ...options,
      environment,
      traces,
      log,
      notEmulated: leaveOut,
    }),
    (it) => stopProgram(it, graceMilliseconds),
  )
  await Promise.all([
    createTables(resolver, engines.tables.endpoint, leaveOut),
    createQueuesAndBuckets(resolver, engines.messages, leaveOut),
    checkStateMachines(resolver, engines.store),
  ])
  await returnUnfinishedMessages(resolver, engines.messages)
  engines.control.serve(program.controlPlane)
  engines.front.serve(program.frontDoor)
  program.machines.resume()
  program.sources.start()
  program.bus.start()
  for (const line of notEmulated) log(`Not emulated: ${line}`)
  if (needless !== undefined) log(`Needs nothing here: ${needless}`)

  const running = stack.move()
  running.defer(() => engines.front.stopAccepting())
  running.defer(
    announceEngine(dataDirectory, {
      origin: engines.frontOrigin,
      endpoints: program.endpoints,
      credentials,
      outputs: program.outputs,
      settings: operatorSettings(options.environment),
    }),
  )
  const resources = localResources(resolver, program, engines.frontOrigin)
  return {
    origin: engines.frontOrigin,
    socketUrl: socketUrls(program, engines.frontOrigin)[0]?.[1] ?? '',
    notEmulated,
    endpoints: program.endpoints,
    credentials,
    resources,
    close: () => running.disposeAsync(),
  }
}

const socketUrls = (program: Program, origin: string): Array<[logicalId: string, url: string]> => {
  const base = origin.replace('http:', 'ws:')
  return program.sockets.flatMap((api) =>
    api.stages
      .slice(0, 1)
      .map((stage): [string, string] => [
        api.logicalId,
        `${base}${socketPath(api.logicalId)}/${stage}`,
      ]),
  )
}

const localResources = (
  resolver: Resolver,
  program: Program,
  origin: string,
): Record<string, string> => {
  const names: Record<string, string> = {}
  for (const [logicalId, { Type }] of resolver.resources()) {
    try {
      names[logicalId] =
        Type === 'AWS::CloudFront::Distribution' ? origin : resolver.reference(logicalId)
    } catch (error) {
      // A resource that the engine leaves out may have a name that it cannot resolve.
      if (!(error instanceof TemplateError)) throw error
    }
  }
  const urls = [...program.frontDoor.urls.keys()].map((id) => [
    id,
    `${origin}${functionUrlPath(id)}/`,
  ])
  const apis = [...program.frontDoor.apis.keys()].map((id) => [id, origin])
  return {
    ...names,
    ...Object.fromEntries([...urls, ...apis, ...socketUrls(program, origin)]),
  }
}
