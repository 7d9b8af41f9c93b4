import type { StateMachineDefinition } from 'aws-local-stepfunctions'
import * as z from 'zod'
import type { TaskState } from './machine-definition.ts'

const jsonSchema = z.json()

/** The context object that `$$.` paths read. */
export interface TaskContext {
  Execution: { Id: string; Name: string; Input: z.infer<typeof jsonSchema>; StartTime: string }
  StateMachine: { Id: string; Name: string }
  State: { Name: string; EnteredTime: string; RetryCount: number }
  Task: { Token: string }
}

/**
 * Evaluates a task's InputPath and Parameters for one try. The interpreter evaluates them before it
 * hands a task over, when there is no token yet, and it knows no retry count; so two Pass states of
 * its own do it here, with the whole context. (`$$.Execution.StartTime` is the time of this try: the
 * interpreter sets it itself.)
 */
export const evaluateParameters = async (
  task: TaskState,
  taskInput: unknown,
  context: TaskContext,
): Promise<unknown> => {
  const definition: StateMachineDefinition = {
    StartAt: 'Input',
    States: {
      Input: { Type: 'Pass', Result: jsonSchema.parse(taskInput), Next: 'Parameters' },
      Parameters: {
        Type: 'Pass',
        End: true,
        ...(task.inputPath !== undefined && { InputPath: task.inputPath }),
        ...(task.parameters !== undefined && { Parameters: jsonSchema.parse(task.parameters) }),
      },
    },
  }
  const { ExecutionError, StateMachine } = await import('aws-local-stepfunctions')
  const machine = new StateMachine(definition, { validationOptions: { noValidate: true } })
  try {
    return await machine.run(context.Execution.Input, { context: { ...context } }).result
  } catch (error) {
    // The cause says itself whether the task's Retry and Catch may take it.
    throw error instanceof ExecutionError ? error.cause : error
  }
}
