import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type * as z from 'zod'
import { log } from './telemetry.ts'

/**
 * A handler of queue messages whose bodies are JSON matching `schema`. A message that fails is reported
 * by itself and redelivered, until the queue moves it to its dead-letter queue.
 */
export const queueHandler =
  <T extends z.ZodType>(schema: T, work: (task: z.output<T>) => Promise<void>) =>
  async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const results = await Promise.allSettled(
      Records.map(async ({ body }) => {
        log.resetKeys()
        await work(schema.parse(JSON.parse(body)))
      }),
    )
    return {
      batchItemFailures: results.flatMap((result, position) => {
        if (result.status === 'fulfilled') return []
        log.error('message failed', { error: result.reason })
        return [{ itemIdentifier: Records[position]?.messageId ?? '' }]
      }),
    }
  }
