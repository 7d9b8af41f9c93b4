import type { StageName } from '../../../shared/contracts/agents.ts'
import type { StageTask } from '../../../shared/contracts/pipeline.ts'
import { endRunOf } from '../../../shared/services/runs/run-failure-service.ts'
import type { ModelOutcome } from './simulated-agents.ts'
import { createSimulatedMachine } from './simulated-machine.ts'
import { servicesOn } from './simulated-services.ts'
import type { SimulatedProcess, Simulation } from './simulation.ts'

/** What happens to a delivery of the stage queue. */
export type Delivery = 'once' | 'twice' | 'delayed' | 'killed'

/** Times a message is delivered before it goes to the dead letters. */
const receiveMost = 3
/** Milliseconds until a message that nobody acknowledged is delivered again. */
const visibilityMs = 15_000

/**
 * State machine, stage queue, workers, dead letters and finalizer around the product's services: each
 * worker is a process of its own, and a delivery takes the fate that comes next.
 */
export const createSimulatedPipeline = (
  world: Simulation,
  options: {
    outcome: () => ModelOutcome
    turnOutcome?: () => ModelOutcome
    delivery: () => Delivery
    before?: (stage: StageName) => Promise<void>
    onStageCall?: (task: StageTask, stage: StageName) => void
  },
) => {
  const { outcome, turnOutcome, before } = options
  const serve = (process: SimulatedProcess, onStageCall?: (stage: StageName) => void) =>
    servicesOn(process, {
      machine,
      outcome,
      turnOutcome,
      before,
      ...(onStageCall ? { onStageCall } : {}),
    })
  const workers = new Set<SimulatedProcess>()

  const work = async (task: StageTask, received = 1): Promise<void> => {
    const process = world.process()
    const dies = options.delivery() === 'killed'
    workers.add(process)
    try {
      if (received > receiveMost) {
        await serve(process).recovery.undeliverable(task)
        return
      }
      const { stages } = serve(process, (stage) => options.onStageCall?.(task, stage))
      if (dies) world.spawn(world.turn('kill').then(process.kill))
      const gone = process.killed.then(() => 'gone' as const)
      const outcomeOf = await Promise.race([stages.run(task).then(() => 'served' as const), gone])
      if (outcomeOf === 'served') return
    } catch {
      // Not acknowledged: it comes back.
    } finally {
      workers.delete(process)
    }
    await new Promise((resolve) => setTimeout(resolve, visibilityMs))
    if (received <= receiveMost) await work(task, received + 1)
  }
  const send = (task: StageTask): void => {
    const fate = options.delivery()
    const later = async (): Promise<void> => {
      if (fate === 'delayed') await new Promise((resolve) => setTimeout(resolve, visibilityMs))
      await work(task)
    }
    world.spawn(later())
    if (fate === 'twice') world.spawn(work(task))
  }
  const machine = createSimulatedMachine(world.turn, send, (detail) => {
    const { failures } = serve(world.process())
    // EventBridge delivers again what failed, and the sweeper is behind it.
    world.spawn(endRunOf(failures, detail).catch(() => {}))
  })

  return {
    machine,
    /** The services in a process of their own. */
    serve: (process: SimulatedProcess = world.process()) => serve(process),
    /** Ends a worker at whatever it does. */
    killWorker: (): void => [...workers].at(0)?.kill(),
    /** Minutes pass, the sweepers run. */
    async sweep(): Promise<void> {
      await world.pass(61_000)
      machine.passMinute()
      const { recovery, turnRecovery } = serve(world.process())
      await turnRecovery.sweep().catch(() => {})
      await recovery.sweep().catch(() => {})
    },
  }
}
