import { randomUUID } from 'node:crypto'
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
} from '@aws-sdk/client-sfn'
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { isRecorded, record } from './record.ts'

const states = new SFNClient({})
const instance = randomUUID()
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

interface TaskMessage {
  run: string
  task: string
  retry: number
  task_token: string
  /** What to do with each try of a task. */
  plan: Record<string, string[]>
}

/** Does with each message what the message says; a failed one is reported, not thrown. */
export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const batchItemFailures = []
  for (const { body, messageId, attributes } of event.Records) {
    const message: TaskMessage = JSON.parse(body)
    const action = message.plan[message.task]?.[message.retry] ?? 'succeed'
    await record(message.run, `${message.task}#${message.retry}#${randomUUID()}`, {
      action,
      instance,
      token: message.task_token,
      receiveCount: attributes.ApproximateReceiveCount,
      input: message,
    })
    if (action === 'reject') batchItemFailures.push({ itemIdentifier: messageId })
    else await act(action, message)
  }
  return { batchItemFailures }
}

const act = async (action: string, message: TaskMessage): Promise<void> => {
  const taskToken = message.task_token
  const output = JSON.stringify({ done: message.task })
  switch (action) {
    case 'succeed':
      await states.send(new SendTaskSuccessCommand({ taskToken, output }))
      break
    case 'fail':
      await states.send(
        new SendTaskFailureCommand({ taskToken, error: 'MODEL_REFUSED', cause: 'it said no' }),
      )
      break
    case 'interrupt':
      await states.send(new SendTaskFailureCommand({ taskToken, error: 'WORKER_INTERRUPTED' }))
      break
    case 'beat':
      for (let beats = 0; beats < 4; beats += 1) {
        await pause(900)
        await states.send(new SendTaskHeartbeatCommand({ taskToken }))
      }
      await states.send(new SendTaskSuccessCommand({ taskToken, output }))
      break
    case 'beat-on':
      for (;;) {
        await pause(300)
        try {
          await states.send(new SendTaskHeartbeatCommand({ taskToken }))
        } catch (error) {
          const name = error instanceof Error ? error.name : String(error)
          return await record(message.run, 'refused', { name })
        }
      }
    case 'hold':
      while (!(await isRecorded(message.run, 'go'))) await pause(50)
      await states.send(new SendTaskSuccessCommand({ taskToken, output }))
      break
    case 'forget':
      break
  }
}
