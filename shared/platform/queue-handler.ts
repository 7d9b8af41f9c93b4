import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import type * as z from 'zod'
import { invocationFacts, recorded } from './recorded-work.ts'
import { note, type WorkFacts } from './work-facts.ts'

/**
 * A handler of queue messages whose bodies are JSON matching `schema`, with a line for each. A message
 * that fails is reported by itself and redelivered, until the queue moves it to its dead-letter queue.
 * @param factsOf what the lines of a message say of it
 */
export const queueHandler =
  <T extends z.ZodType>(
    schema: T,
    factsOf: (task: z.output<T>) => WorkFacts,
    work: (task: z.output<T>, message: Pick<SQSRecord, 'receiptHandle'>) => Promise<void>,
  ) =>
  async ({ Records }: SQSEvent, context?: Context): Promise<SQSBatchResponse> => {
    const take = ({ body, attributes, receiptHandle }: SQSRecord): Promise<void> => {
      const deliveries = Number(attributes?.ApproximateReceiveCount)
      const facts = { ...invocationFacts(context), count: deliveries || undefined }
      return recorded('message', facts, async () => {
        const task = schema.parse(JSON.parse(body))
        note(factsOf(task))
        await work(task, { receiptHandle })
      })
    }
    const results = await Promise.allSettled(Records.map(take))
    return {
      batchItemFailures: results.flatMap((result, position) =>
        result.status === 'fulfilled'
          ? []
          : [{ itemIdentifier: Records[position]?.messageId ?? '' }],
      ),
    }
  }
