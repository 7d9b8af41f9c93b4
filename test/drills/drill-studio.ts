import { writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { callAws } from '../../local/aws/aws-json.ts'
import { controlPaths } from '../../local/control-plane.ts'
import { type Engine, type EngineOptions, startEngine, type Template } from '../../local/engine.ts'
import {
  environmentNames,
  modelSettingNames as names,
  spendSettingNames as spending,
} from '../../shared/platform/environment-names.ts'
import { putEvent } from '../support/aws/put-event.ts'
import { generousLimits } from '../support/limits/generous-limits.ts'
import { deadline } from '../support/limits/machine-speed.ts'
import { until } from '../support/limits/until.ts'
import { type ModelServer, startModelServer } from '../support/model-server/model-server.ts'
import { withStageWorkers } from '../support/studio/stage-workers.ts'
import {
  type Control,
  controlVariable,
  hookUrl,
  marksVariable,
  noFaults,
  readMarks,
  writeControl,
} from './control.ts'
import { createDeliveries, type Deliveries } from './deliveries.ts'
import { listExecutions } from './executions.ts'
import { type Gate, startGate } from './gate.ts'
import { parseLine, type TimedLine } from './samples.ts'
import type { Observed, QueueReading } from './stand-ins.ts'
import { drillEvents, withDrillRules } from './template-rules.ts'

/** The product on the embedded engines, with a scripted model and what drills break it with. */
export interface DrillStudio {
  origin: string
  /** Where commands for operators find it. */
  dataDirectory: string
  engine: Engine
  model: ModelServer
  /** Between the functions and the model. */
  models: Gate
  /** Between the functions and the table. */
  table: Gate
  /** Between the functions and the state machines. */
  machines: Gate
  deliveries: Deliveries
  /** Changes what the hook does to the functions; the rest stays. */
  control(change: Partial<Control>): void
  /** Has a function invoked, with an event that its handler does not see. */
  invoke(name: string): Promise<void>
  /** Does what the schedule of the sweeper does, and waits until it is done. */
  sweep(): Promise<void>
  /** The same of the daily checkup. */
  checkup(): Promise<void>
  /** Looks into a queue of the template. */
  readQueue(queue: string): Promise<QueueReading>
  /** How many executions the drill assumes that the account allows at once. */
  assumeConcurrency(executions: number): void
  /** Everything that was seen so far. */
  observe(): Promise<Observed>
  /** Resolves when `holds` does. @throws with `what` when that takes too long */
  until(what: string, holds: () => boolean | Promise<boolean>): Promise<void>
  /** Removes every condition. */
  mend(): void
  stop(): Promise<void>
}

const unlimited = '1000000'

const settings = (gates: { models: Gate; table: Gate; machines: Gate }) => ({
  OPENAI_BASE_URL: `${gates.models.url}/v1`,
  OPENAI_API_KEY: 'a-key-of-the-drills',
  MODEL_PROVIDER: 'scripted',
  TOKEN_SIGNING_KEY: 'a-key-for-drills-that-is-long-enough-to-sign',
  WEBHOOK_SIGNING_KEY: 'another-key-for-drills-that-is-long-enough-to-sign',
  LIMITS: generousLimits,
  AWS_ENDPOINT_URL_DYNAMODB: gates.table.url,
  // With the service's own path, which is signed.
  AWS_ENDPOINT_URL_SFN: `${gates.machines.url}${controlPaths.sfn}`,
  [names.sttProvider]: 'openai',
  [names.imageModel]: 'gpt-image-scripted',
  // What hangs is the same after seconds as after a minute.
  [names.researchDeadline]: `${deadline(2500)}`,
  // A dollar for a million tokens, and caps that no drill meets.
  [spending.modelPrices]: '*=1/1',
  [spending.runCap]: unlimited,
  [spending.principalDayCap]: unlimited,
  [spending.deploymentDayCap]: unlimited,
  [environmentNames.pagesAllowLoopback]: 'true',
  [environmentNames.webhooksAllowLoopback]: 'true',
})

const failureLine = /^(\w+) failed: /

/** Collects the invocations that the engine reports as failed, with when. */
const createFailures = () => {
  const failures: Observed['failures'] = []
  return {
    failures,
    take: (line: string): void => {
      const [, name] = failureLine.exec(line) ?? []
      if (name !== undefined) failures.push({ at: Date.now(), name })
    },
  }
}

/** What the queue of assets holds is seen by the messages that are kept from its worker. */
const createQueueReader = (engine: Engine, deliveries: Deliveries) => {
  const readings: QueueReading[] = []
  const readQueue = async (queue: string): Promise<QueueReading> => {
    const QueueUrl = engine.resources[queue] ?? ''
    const { Attributes } = (await callAws(
      new URL(QueueUrl).origin,
      'AmazonSQS',
      'GetQueueAttributes',
      {
        QueueUrl,
        AttributeNames: ['All'],
      },
    )) as { Attributes: Record<string, string> }
    const reading = {
      at: Date.now(),
      queue,
      visible: Number(Attributes.ApproximateNumberOfMessages),
      inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
      oldestSeconds: deliveries.oldestSeconds(queue),
    }
    readings.push(reading)
    return reading
  }
  return { readings, readQueue }
}

/** Counts what schedules did. */
const countIn = (lines: TimedLine[], kind: string, what?: string): number =>
  lines.filter(({ fields }) => fields.kind === kind && fields.what === what).length

/** What a studio runs. */
export type DrillSynthesis = Pick<EngineOptions, 'template' | 'codeDirectory' | 'compileCache'>

/** Files in the data folder by which the hook is steered, and in which it writes. */
const createHookFiles = (folder: string) => {
  const files = { control: join(folder, 'control.json'), marks: join(folder, 'marks.jsonl') }
  let control = noFaults
  const set = (next: Control): void => {
    control = next
    writeControl(files.control, control)
  }
  set(noFaults)
  writeFileSync(files.marks, '')
  return {
    environment: { [controlVariable]: files.control, [marksVariable]: files.marks },
    change: (changed: Partial<Control>) => set({ ...control, ...changed }),
    marks: () => readMarks(files.marks),
  }
}

const readLines = async (folder: string): Promise<TimedLine[]> =>
  (await readFile(join(folder, 'functions.log'), 'utf8')).split('\n').flatMap(parseLine)

type Parts = Pick<DrillStudio, 'engine' | 'model' | 'models' | 'table' | 'machines' | 'deliveries'>

const assemble = (
  parts: Parts,
  folder: string,
  hook: ReturnType<typeof createHookFiles>,
  failures: Observed['failures'],
): DrillStudio => {
  const { engine, model, models, table, machines, deliveries } = parts
  const { readings, readQueue } = createQueueReader(engine, deliveries)
  const lines = () => readLines(folder)
  const put = (event: Parameters<typeof putEvent>[1]) => putEvent(engine, event)
  const scheduled = async (event: Parameters<typeof put>[0], kind: string, what?: string) => {
    const before = countIn(await lines(), kind, what)
    await put(event)
    await until(kind, async () => countIn(await lines(), kind, what) > before)
  }
  let concurrency = Number.POSITIVE_INFINITY
  return {
    ...parts,
    origin: engine.origin,
    dataDirectory: folder,
    control: hook.change,
    invoke: (name) => put(drillEvents.invocation(name)),
    sweep: () => scheduled(drillEvents.sweep, 'sweep', 'runs'),
    checkup: () => scheduled(drillEvents.checkup, 'checkup'),
    readQueue,
    assumeConcurrency: (executions) => {
      concurrency = executions
    },
    observe: async () => ({
      lines: await lines(),
      failures,
      marks: hook.marks(),
      executions: await listExecutions(engine),
      queues: readings,
      concurrency,
    }),
    until,
    mend() {
      hook.change(noFaults)
      for (const gate of [models, table, machines]) gate.treat()
      deliveries.mend()
      model.reset()
      concurrency = Number.POSITIVE_INFINITY
    },
    async stop() {
      await engine.close()
      await Promise.all([models, model, table, machines].map((server) => server.stop()))
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Starts the template as it deploys, with the rules by which drills invoke functions. */
export const startDrillStudio = async (
  { template, ...synthesis }: DrillSynthesis,
  change: (template: Template) => Template = (it) => it,
): Promise<DrillStudio> => {
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-drill-'))
  const hook = createHookFiles(folder)
  const model = await startModelServer()
  const [models, table, machines] = await Promise.all([startGate(), startGate(), startGate()])
  models.leadTo(new URL(model.url).origin)
  const { failures, take } = createFailures()
  const deliveries = createDeliveries((queue) => engine.resources[queue] ?? '')
  const engine = await startEngine({
    template: change(withDrillRules(withStageWorkers(template))),
    ...synthesis,
    dataDirectory: folder,
    log: take,
    preload: [hookUrl],
    deliver: deliveries.deliver,
    environment: { ...settings({ models, table, machines }), ...hook.environment },
  })
  table.leadTo(engine.endpoints.dynamodb)
  machines.leadTo(new URL(engine.endpoints.sfn).origin)
  return assemble({ engine, model, models, table, machines, deliveries }, folder, hook, failures)
}
