import type { Positioning, StageName } from '../../../shared/contracts/agents.ts'
import type { StageTask } from '../../../shared/contracts/pipeline.ts'
import { endRunOf } from '../../../shared/services/runs/run-failure-service.ts'
import type { ModelOutcome } from './simulated-agents.ts'
import { createSimulatedMachine, type SimulatedMachine } from './simulated-machine.ts'
import { type ServiceOptions, servicesOn } from './simulated-services.ts'
import type { SimulatedProcess, Simulation } from './simulation.ts'

/** What happens to a delivery of the stage queue. */
export type Delivery = 'once' | 'twice' | 'delayed' | 'killed'

export interface PipelineOptions {
  outcome: () => ModelOutcome
  turnOutcome?: () => ModelOutcome
  delivery: () => Delivery
  before?: (stage: StageName) => Promise<void>
  /** Milliseconds that a worker has for its message and the stages behind it; 0 when not given. */
  workerMs?: () => number
  beginsVoice?: () => boolean
  positioning?: () => Positioning | undefined
  onStageCall?: (task: StageTask, stage: StageName) => void
  /** Called when the answer of a stage's call may be taken. */
  onStageBegun?: (task: StageTask, stage: StageName) => void
}

/** Times that a message is delivered before it goes to the dead letters. */
const maxReceives = 3
/** Milliseconds until a message that was not acknowledged is delivered again. */
const visibilityMs = 15_000

interface Pipeline {
  world: Simulation
  options: PipelineOptions
  machine: SimulatedMachine
  workers: Set<SimulatedProcess>
}

const pastVisibility = () => new Promise((resolve) => setTimeout(resolve, visibilityMs))

const serve = (
  { machine, options }: Pick<Pipeline, 'machine' | 'options'>,
  process: SimulatedProcess,
  seen: Pick<ServiceOptions, 'onStageCall' | 'onStageBegun'> = {},
) => {
  const { outcome, turnOutcome, before, beginsVoice, positioning } = options
  return servicesOn(process, {
    machine,
    outcome,
    turnOutcome,
    before,
    beginsVoice,
    positioning,
    ...seen,
  })
}

/** Works on a task in a process of its own; true when the message is acknowledged. */
const receive = async (
  pipeline: Pipeline,
  process: SimulatedProcess,
  task: StageTask,
  receives: number,
): Promise<boolean> => {
  const { world, options } = pipeline
  const dies = options.delivery() === 'killed'
  if (receives > maxReceives) {
    await serve(pipeline, process).recovery.undeliverable(task)
    return true
  }
  const { stages } = serve(pipeline, process, {
    onStageCall: (stage) => options.onStageCall?.(task, stage),
    onStageBegun: (stage) => options.onStageBegun?.(task, stage),
  })
  if (dies) world.spawn(world.turn('kill').then(process.kill))
  const until = process.clock.now() + (options.workerMs?.() ?? 0)
  return Promise.race([stages.run(task, until).then(() => true), process.killed.then(() => false)])
}

const work = async (pipeline: Pipeline, task: StageTask, receives = 1): Promise<void> => {
  const process = pipeline.world.process()
  pipeline.workers.add(process)
  // What fails is not acknowledged: it comes back.
  const acknowledged = await receive(pipeline, process, task, receives).catch(() => false)
  pipeline.workers.delete(process)
  if (acknowledged) return
  await pastVisibility()
  if (receives <= maxReceives) await work(pipeline, task, receives + 1)
}

const deliver = (pipeline: Pipeline, task: StageTask): void => {
  const { world, options } = pipeline
  const delivery = options.delivery()
  const later = async (): Promise<void> => {
    if (delivery === 'delayed') await pastVisibility()
    await work(pipeline, task)
  }
  world.spawn(later())
  if (delivery === 'twice') world.spawn(work(pipeline, task))
}

/** Minutes pass, the sweepers run. */
const sweep = async (pipeline: Pipeline): Promise<void> => {
  const { world, machine } = pipeline
  await world.pass(61_000)
  machine.passMinute()
  const { recovery, turnRecovery } = serve(pipeline, world.process())
  // A sweep that lost its connection is made up for by the next.
  await turnRecovery.sweep().catch(() => {})
  await recovery.sweep().catch(() => {})
}

/**
 * State machine, stage queue, workers, dead letters and finalizer around the product's services: each
 * worker is a process of its own, and each delivery goes as `options.delivery` says.
 */
export const createSimulatedPipeline = (world: Simulation, options: PipelineOptions) => {
  const machine = createSimulatedMachine({
    turn: world.turn,
    send: (task) => deliver(pipeline, task),
    onEnd(detail) {
      const { failures } = serve(pipeline, world.process())
      // EventBridge delivers again what failed, and the sweeper is behind it.
      world.spawn(endRunOf(failures, detail).catch(() => {}))
    },
  })
  const pipeline: Pipeline = { world, options, machine, workers: new Set() }
  return {
    machine,
    /** The services in a process of their own. */
    serve: (process: SimulatedProcess = world.process()) => serve(pipeline, process),
    /** Ends a worker in the middle of its work. */
    killWorker: (): void => [...pipeline.workers].at(0)?.kill(),
    sweep: () => sweep(pipeline),
  }
}
