import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { earlyResearchLimits } from '../../shared/rules/early-research.ts'
import { functionsOf, resourceOf, resourcesOf, template, text } from './synthesized.ts'

const functions = functionsOf(template, z.looseObject({ Timeout: z.number() }))
const queueSchema = z.looseObject({
  VisibilityTimeout: z.number(),
  MessageRetentionPeriod: z.number().optional(),
  SqsManagedSseEnabled: z.boolean(),
  RedrivePolicy: z.object({ deadLetterTargetArn: text, maxReceiveCount: z.number() }).optional(),
})

describe('the stage queue', () => {
  const stageQueue = resourceOf(template, 'StageQueue', queueSchema)
  const deadLetters = resourceOf(template, 'DeadLetterQueue', queueSchema)

  test('hides a message longer than its worker may take, which exceeds every stage, and not much', () => {
    const worker = functions.get('StageWorker')?.Timeout ?? 0
    expect(worker).toBeGreaterThan(240)
    expect(stageQueue.VisibilityTimeout).toBe(worker + 40)
    const deadLetter = functions.get('DeadLetter')?.Timeout ?? 0
    expect(deadLetters.VisibilityTimeout).toBe(deadLetter + 40)
  })

  test('has its dead letters’ ARN in the outputs, for redriving', () => {
    expect(template.Outputs.DeadLetterQueueArn?.Value).toEqual({
      'Fn::GetAtt': ['DeadLetterQueue', 'Arn'],
    })
  })

  test('gives up a message after three deliveries and keeps it for two weeks', () => {
    expect(stageQueue.RedrivePolicy).toEqual({
      deadLetterTargetArn: '<DeadLetterQueue.Arn>',
      maxReceiveCount: 3,
    })
    expect(deadLetters.MessageRetentionPeriod).toBe(14 * 24 * 3600)
    expect([stageQueue.SqsManagedSseEnabled, deadLetters.SqsManagedSseEnabled]).toEqual([
      true,
      true,
    ])
  })

  test('and the dead letters each have their consumer, which reports failed messages singly', () => {
    const schema = z.object({
      EventSourceArn: text,
      FunctionName: text,
      BatchSize: z.number().optional(),
      FunctionResponseTypes: z.array(z.string()),
    })
    const sources = [...resourcesOf(template, 'AWS::Lambda::EventSourceMapping', schema).values()]
    const FunctionResponseTypes = ['ReportBatchItemFailures']
    expect(sources).toHaveLength(7)
    for (const [queue, consumer, batch] of [
      ['MediaQueue', 'MediaWorker', { BatchSize: 1 }],
      ['MediaDeadLetterQueue', 'MediaDeadLetter', {}],
    ] as const) {
      expect(sources).toContainEqual({
        EventSourceArn: `<${queue}.Arn>`,
        FunctionName: `<${consumer}>`,
        FunctionResponseTypes,
        ...batch,
      })
    }
    expect(sources).toContainEqual({
      EventSourceArn: '<StageQueue.Arn>',
      FunctionName: '<StageWorker>',
      BatchSize: 1,
      FunctionResponseTypes,
    })
    expect(sources).toContainEqual({
      EventSourceArn: '<EarlyResearchQueue.Arn>',
      FunctionName: '<StageWorker>',
      BatchSize: earlyResearchLimits.batch,
      FunctionResponseTypes,
    })
    expect(sources).toContainEqual({
      EventSourceArn: '<DeadLetterQueue.Arn>',
      FunctionName: '<DeadLetter>',
      FunctionResponseTypes,
    })
  })
})

test('the queue of early searches forgets a hint that is late, before it would be delivered again', () => {
  const queue = resourceOf(template, 'EarlyResearchQueue', queueSchema)
  expect(queue.RedrivePolicy).toBeUndefined()
  expect(queue.VisibilityTimeout).toBe((functions.get('StageWorker')?.Timeout ?? 0) + 40)
  expect(queue.MessageRetentionPeriod).toBe(300)
  expect(queue.MessageRetentionPeriod).toBeLessThan(queue.VisibilityTimeout)
})
