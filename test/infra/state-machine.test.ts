import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { stageNames } from '../../shared/contracts/agents.ts'
import { sessionStates } from '../../shared/contracts/session.ts'
import { agentSettings } from '../../shared/platform/model-settings.ts'
import {
  runningStates,
  stageAfter,
  stageState,
  transition,
} from '../../shared/rules/session-state.ts'
import { resourceOf, template, text } from './synthesized.ts'

const choiceSchema = z.looseObject({
  Next: z.string().optional(),
  Variable: z.string().optional(),
  StringEquals: z.string().optional(),
  Or: z.array(z.object({ Variable: z.string(), StringEquals: z.string() })).optional(),
})

const stateSchema = z.looseObject({
  Type: z.string(),
  Next: z.string().optional(),
  End: z.boolean().optional(),
  Default: z.string().optional(),
  Choices: z.array(choiceSchema).optional(),
  Resource: z.string().optional(),
  ResultPath: z.string().nullable().optional(),
  TimeoutSeconds: z.number().optional(),
  HeartbeatSeconds: z.number().optional(),
  Parameters: z
    .looseObject({ QueueUrl: z.string(), MessageBody: z.record(z.string(), z.unknown()) })
    .optional(),
  Retry: z
    .array(z.looseObject({ ErrorEquals: z.array(z.string()), MaxAttempts: z.number() }))
    .optional(),
  Catch: z
    .array(
      z.strictObject({
        ErrorEquals: z.array(z.string()),
        ResultPath: z.string(),
        Next: z.string(),
      }),
    )
    .optional(),
  ErrorPath: z.string().optional(),
  CausePath: z.string().optional(),
  get Branches() {
    return z.array(graphSchema).optional()
  },
})
const graphSchema = z.looseObject({
  StartAt: z.string(),
  States: z.record(z.string(), stateSchema),
})
type State = z.infer<typeof stateSchema>

const machine = resourceOf(
  template,
  'RunMachine',
  z.looseObject({
    DefinitionString: text,
    LoggingConfiguration: z.looseObject({ Level: z.string(), IncludeExecutionData: z.boolean() }),
    TracingConfiguration: z.looseObject({ Enabled: z.boolean() }),
  }),
)
const definition = graphSchema
  .extend({ TimeoutSeconds: z.number() })
  .parse(JSON.parse(machine.DefinitionString))
const branches = Object.values(definition.States).flatMap((state) => state.Branches ?? [])
const everyState: Record<string, State> = Object.assign(
  {},
  definition.States,
  ...branches.map((branch) => branch.States),
)
const tasks = Object.entries(everyState).filter(([, state]) => state.Type === 'Task')
const stageOf = (state: State) => state.Parameters?.MessageBody.stage
const caughtByFailed = [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'FAILED' }]

/** The state that the machine enters first when it resumes at a stage. */
const entryFor = (stage: string): string | undefined => {
  const choices = definition.States[definition.StartAt]?.Choices ?? []
  return choices.find(({ Variable, StringEquals, Or }) =>
    (Or ?? [{ Variable, StringEquals }]).some(
      (rule) => rule.Variable === '$.resume_from' && rule.StringEquals === stage,
    ),
  )?.Next
}

describe('the state machine mirrors the transition table', () => {
  test('state by state, from the first running state on', () => {
    const ofARun = sessionStates.slice(sessionStates.indexOf(runningStates[0]))
    expect(Object.keys(definition.States).sort()).toEqual(['ENTRY', ...ofARun].sort())
  })

  test.each(stageNames)(
    'a run that starts at %s enters the state that the table names',
    (stage) => {
      const state = transition('FAILED', { type: 'run-started', stage })
      expect(entryFor(stage)).toBe(state)
    },
  )

  test.each(stageNames)('after %s it continues where the table does', (stage) => {
    const next = transition(stageState[stage], { type: 'stage-committed', stage })
    const [name, state] = tasks.find(([, task]) => stageOf(task) === stage) ?? []
    if (next !== stageState[stage] && name === stageState[stage]) {
      expect(state?.Next).toBe(next)
      return
    }
    // The last two stages share a state: one hands over within it, the other ends it.
    const inside = definition.States[stageState[stage]]
    const following = stageAfter[stage]
    if (following === null) {
      expect(state?.End).toBe(true)
      expect(inside?.Next).toBe(next)
    } else {
      const after = everyState[state?.Next ?? '']
      expect(after && stageOf(after)).toBe(following)
    }
  })

  test('a failure of any running state leads to FAILED, with its error and cause', () => {
    for (const state of runningStates) {
      expect(transition(state, { type: 'run-failed' })).toBe('FAILED')
      expect(definition.States[state]?.Catch, state).toEqual(caughtByFailed)
    }
    expect(definition.States.FAILED).toMatchObject({
      Type: 'Fail',
      ErrorPath: '$.error.Error',
      CausePath: '$.error.Cause',
    })
    expect(definition.States.DONE).toMatchObject({ Type: 'Succeed' })
  })

  test('inside GEN_CREATIVES a resume at voice skips creative', () => {
    const [branch] = definition.States.GEN_CREATIVES?.Branches ?? []
    const entry = branch?.States[branch.StartAt]
    expect(entry).toMatchObject({
      Choices: [{ Variable: '$.resume_from', StringEquals: 'voice', Next: 'VOICE' }],
      Default: 'CREATIVE',
    })
  })

  test('an unknown stage starts nothing', () => {
    expect(entryFor('launch')).toBeUndefined()
    expect(definition.States[definition.StartAt]?.Default).toBeUndefined()
  })
})

describe('every stage', () => {
  test('has one task', () => {
    expect(tasks.map(([, state]) => stageOf(state)).sort()).toEqual([...stageNames].sort())
  })

  test.each(tasks)('%s asks the stage queue and waits for its token, ids only', (_, state) => {
    expect(state.Resource).toBe('arn:<AWS::Partition>:states:::sqs:sendMessage.waitForTaskToken')
    expect(state.Parameters).toEqual({
      QueueUrl: '<StageQueue>',
      MessageBody: {
        'run_id.$': '$.run_id',
        'attempt.$': '$.attempt',
        stage: stageOf(state),
        'retry.$': '$$.State.RetryCount',
        'task_token.$': '$$.Task.Token',
        'execution.$': '$$.Execution.Input',
      },
    })
    expect(state.ResultPath).toBeNull()
  })

  test.each(tasks)('%s is tried twice at most, and only when the worker was lost', (_, state) => {
    expect(state.Retry).toEqual([
      {
        ErrorEquals: ['States.Timeout', 'States.HeartbeatTimeout', 'WORKER_INTERRUPTED'],
        MaxAttempts: 1,
        IntervalSeconds: 1,
      },
    ])
  })

  test.each(tasks)('%s ends in FAILED when it fails', (name, state) => {
    const enclosing = Object.values(definition.States).find(({ Branches }) =>
      Branches?.some((branch) => name in branch.States),
    )
    expect((enclosing ?? state).Catch).toEqual(caughtByFailed)
  })

  test.each(stageNames)('%s has time for its whole budget and a minute more', (stage) => {
    const task = tasks.find(([, state]) => stageOf(state) === stage)?.[1]
    expect(task?.TimeoutSeconds).toBeGreaterThanOrEqual(agentSettings(stage).budget / 1000 + 60)
    expect(task?.HeartbeatSeconds).toBe(30)
  })
})

test('an execution outlives two tries of every stage, and no more', () => {
  const longest = tasks.reduce((sum, [, state]) => sum + 2 * (state.TimeoutSeconds ?? 0) + 1, 0)
  expect(definition.TimeoutSeconds).toBeGreaterThanOrEqual(longest)
  expect(definition.TimeoutSeconds).toBeLessThanOrEqual(30 * 60)
})

test('executions are traced and logged, without the task tokens', () => {
  expect(machine.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false })
  expect(machine.TracingConfiguration.Enabled).toBe(true)
})
