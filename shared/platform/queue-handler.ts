import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import type * as z from 'zod'
import { log } from './telemetry.ts'

/**
 * A handler of queue messages, each a JSON text that fits `schema`. A message that failed is
 * reported alone and comes again, until the queue hands it to its dead-letter queue.
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
