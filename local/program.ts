import { join } from 'node:path'
import { ControlPlane, controlPaths } from './control-plane.ts'
import type { EmbeddedEngines } from './embedded-engines.ts'
import { EventBus } from './events/event-bus.ts'
import { eventOperations } from './events/put-events.ts'
import { FrontDoor } from './front-door.ts'
import type { ServiceEndpoints } from './functions/environment.ts'
import { LocalFunctions } from './functions/functions.ts'
import { type IdleLimits, usualIdleLimits } from './functions/idle-instances.ts'
import { createEventSources, type Deliver, type EventSources } from './queues/event-source.ts'
import { SocketApi } from './sockets/socket-api.ts'
import { createStateMachines, type StateMachines } from './states/state-machines.ts'
import { statusChange } from './states/status-change.ts'
import { apiIds, createLocalizer } from './template/origins.ts'
import type { Resolver } from './template/resolver.ts'
import type { Traces } from './traces/trace-listener.ts'

export interface ProgramOptions {
  codeDirectory: (asset: string) => string
  dataDirectory: string
  environment: Readonly<Record<string, string>>
  log: (line: string) => void
  compileCache?: string
  preload?: readonly string[]
  idle?: Partial<IdleLimits>
  deliver?: Deliver
  speed?: number
  traces?: Traces | undefined
  notEmulated: (line: string) => void
}

/** The template's moving parts, connected to each other. */
export interface Program {
  endpoints: ServiceEndpoints
  /** Of the template, with local origins in the place of AWS's. */
  outputs: Readonly<Record<string, string>>
  functions: LocalFunctions
  sockets: SocketApi[]
  machines: StateMachines
  sources: EventSources
  bus: EventBus
  frontDoor: FrontDoor
  controlPlane: ControlPlane
}

/** Builds what the template declares; nothing moves yet. Throws TemplateError. */
export const buildProgram = (
  resolver: Resolver,
  engines: EmbeddedEngines,
  options: ProgramOptions,
): Program => {
  const { log, notEmulated, preload = [], deliver, speed = 1, traces } = options
  const origins = {
    front: engines.frontOrigin,
    control: engines.controlOrigin,
    objects: engines.messages.endpoint,
  }
  const endpoints: ServiceEndpoints = {
    dynamodb: engines.tables.endpoint,
    sqs: engines.messages.endpoint,
    s3: engines.messages.endpoint,
    sfn: `${origins.control}${controlPaths.sfn}`,
    eventbridge: `${origins.control}${controlPaths.eventbridge}`,
  }
  const { queues } = engines.messages
  const localize = createLocalizer(resolver, origins)
  const functions = new LocalFunctions({
    resolver,
    endpoints,
    control: { origin: origins.control, answer: (call) => controlPlane.answer(call) },
    codeDirectory: options.codeDirectory,
    inlineDirectory: join(options.dataDirectory, 'inline-functions'),
    environment: options.environment,
    localize,
    preload,
    compileCache: options.compileCache ?? join(options.dataDirectory, 'compiled'),
    idle: { ...usualIdleLimits, ...options.idle },
    log: engines.functionLog,
    traces,
    notEmulated,
  })
  const bus = new EventBus(resolver, functions, { queues, log, notEmulated, speed })
  const machines = createStateMachines(
    resolver,
    engines.store,
    (execution) => void bus.publish(statusChange(execution)),
    { queues, notEmulated, speed, traces },
  )
  const sources = createEventSources(resolver, functions, {
    queues,
    log,
    notEmulated,
    deliver,
    traces,
  })
  const ids = apiIds(resolver)
  const sockets = ids.sockets.map((id) => new SocketApi(resolver, id, functions, notEmulated))
  const frontDoor = new FrontDoor(resolver, functions, {
    apiIds: ids.http,
    sockets,
    codeDirectory: options.codeDirectory,
    localize,
    notEmulated,
  })
  const controlPlane: ControlPlane = new ControlPlane(
    machines.operations,
    eventOperations(bus),
    sockets,
  )
  const outputs = Object.fromEntries(
    Object.entries(resolver.outputs()).map(([name, value]) => [name, localize(value)]),
  )
  return { endpoints, outputs, functions, sockets, machines, sources, bus, frontDoor, controlPlane }
}

/** Lets go of everything in an order in which what runs can still finish. */
export const stopProgram = async (program: Program, graceMilliseconds: number): Promise<void> => {
  program.sources.stop()
  program.bus.close()
  await Promise.all(program.sockets.map((api) => api.close()))
  await program.functions.close(graceMilliseconds)
  program.machines.close()
}
