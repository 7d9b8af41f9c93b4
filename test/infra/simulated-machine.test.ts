import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { type StageName, stageNames } from '../../shared/contracts/agents.ts'
import type { StageTask } from '../../shared/contracts/pipeline.ts'
import { holds } from '../support/limits/properties.ts'
import { createSimulatedMachine, type MachineEnd } from '../support/simulation/simulated-machine.ts'
import { resourceOf, template, text } from './synthesized.ts'

/** What becomes of a task: it succeeds, or fails with an error of its worker or of the machine. */
const outcomes = [
  'success',
  'States.Timeout',
  'States.HeartbeatTimeout',
  'WORKER_INTERRUPTED',
  'STAGE_FAILED',
] as const
type Outcome = (typeof outcomes)[number]

/** The tasks that went out, one after another, and the error in which the execution ended, if any. */
interface Trace {
  tasks: Pick<StageTask, 'stage' | 'retry'>[]
  error: string | undefined
}

const comparison = z.object({ Variable: z.literal('$.resume_from'), StringEquals: z.string() })
const stateSchema = z.object({
  Type: z.enum(['Choice', 'Task', 'Parallel', 'Succeed', 'Fail']),
  Next: z.string().optional(),
  Default: z.string().optional(),
  Choices: z
    .array(
      z.union([
        z.object({ ...comparison.shape, Next: z.string() }),
        z.object({ Or: z.array(comparison), Next: z.string() }),
      ]),
    )
    .default([]),
  Parameters: z.object({ MessageBody: z.looseObject({ stage: z.string() }) }).optional(),
  Retry: z
    .array(z.object({ ErrorEquals: z.array(z.string()), MaxAttempts: z.number() }))
    .default([]),
  Catch: z.array(z.object({ ErrorEquals: z.array(z.string()), Next: z.string() })).default([]),
  get Branches() {
    return z.array(graphSchema).default([])
  },
})
type State = z.infer<typeof stateSchema>
const graphSchema = z.object({ StartAt: z.string(), States: z.record(z.string(), stateSchema) })
type Graph = z.infer<typeof graphSchema>

const { DefinitionString } = resourceOf(
  template,
  'RunMachine',
  z.looseObject({ DefinitionString: text }),
)
const definition = graphSchema.parse(JSON.parse(DefinitionString))

class StateFailed extends Error {}

const chosen = ({ Choices, Default }: State, resumeFrom: StageName): string | undefined =>
  Choices.find((choice) =>
    ('Or' in choice ? choice.Or : [choice]).some(({ StringEquals }) => StringEquals === resumeFrom),
  )?.Next ?? Default

/** Tries a task as often as its retriers allow. @throws StateFailed */
function* perform({ Parameters, Retry }: State): Generator<Trace['tasks'][number], void, Outcome> {
  const stage = Parameters?.MessageBody.stage as StageName
  for (let retry = 0; ; retry += 1) {
    const outcome = yield { stage, retry }
    if (outcome === 'success') return
    const retrier = Retry.find(({ ErrorEquals }) => ErrorEquals.includes(outcome))
    if (retry >= (retrier?.MaxAttempts ?? 0)) throw new StateFailed(outcome)
  }
}

/** Goes through a graph as the Amazon States Language says, as far as this definition uses it. */
function* walk(
  { StartAt, States }: Graph,
  resumeFrom: StageName,
): Generator<Trace['tasks'][number], string | undefined, Outcome> {
  let error: string | undefined
  for (let name: string | undefined = StartAt; name !== undefined; ) {
    const state: State | undefined = States[name]
    if (!state) throw new Error(`There is no state ${name}.`)
    if (state.Type === 'Fail') return error
    try {
      if (state.Type === 'Task') yield* perform(state)
      for (const branch of state.Branches) yield* walk(branch, resumeFrom)
      name = state.Type === 'Choice' ? chosen(state, resumeFrom) : state.Next
    } catch (failure) {
      if (!(failure instanceof StateFailed)) throw failure
      error = failure.message
      const catcher = state.Catch.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'))
      if (!catcher) throw failure
      name = catcher.Next
    }
  }
  return undefined
}

const byDefinition = (resumeFrom: StageName, coming: readonly Outcome[]): Trace => {
  const next = coming.values()
  const steps = walk(definition, resumeFrom)
  const tasks: Trace['tasks'] = []
  let step = steps.next()
  while (!step.done) {
    tasks.push(step.value)
    step = steps.next(next.next().value ?? 'success')
  }
  return { tasks, error: step.value }
}

const bySimulation = async (resumeFrom: StageName, coming: readonly Outcome[]): Promise<Trace> => {
  const next = coming.values()
  const sent: StageTask[] = []
  const ends: MachineEnd[] = []
  const machine = createSimulatedMachine({
    turn: async () => {},
    send: (task) => sent.push(task),
    onEnd: (detail) => ends.push(detail),
  })
  await machine.start({ run_id: 'run', attempt: 1, resume_from: resumeFrom })
  for (let served = 0; served < sent.length; served += 1) {
    const token = sent[served]?.task_token ?? ''
    const outcome = next.next().value ?? 'success'
    if (outcome === 'success') await machine.succeed(token)
    else if (outcome === 'States.Timeout') machine.timeOut('run')
    else if (outcome === 'States.HeartbeatTimeout') {
      machine.passMinute()
      machine.passMinute()
    } else await machine.fail(token, outcome, 'The test wants it.')
  }
  const status = (await machine.describe('run', 1))?.status
  expect(status).toBe(ends.length === 0 ? 'SUCCEEDED' : 'FAILED')
  return { tasks: sent.map(({ stage, retry }) => ({ stage, retry })), error: ends[0]?.error }
}

test('the simulated machine sends the tasks that the deployed definition sends, and ends as it does', async () => {
  await holds(
    fc.asyncProperty(
      fc.constantFrom(...stageNames),
      fc.array(fc.constantFrom(...outcomes), { maxLength: 9 }),
      async (resumeFrom, coming) => {
        expect(await bySimulation(resumeFrom, coming)).toEqual(byDefinition(resumeFrom, coming))
      },
    ),
    { short: 300, full: 2000 },
  )
})

test('a silent task has missed its heartbeats within the minute that the simulation gives it', () => {
  const seconds = [...DefinitionString.matchAll(/"HeartbeatSeconds":(\d+)/g)].map(([, it]) => it)
  expect(seconds).toHaveLength(stageNames.length)
  for (const each of seconds) expect(Number(each)).toBeLessThanOrEqual(60)
})
