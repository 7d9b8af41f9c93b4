import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda'
import * as z from 'zod'
import { systemClock } from './clock.ts'
import { invocationFacts, recorded } from './recorded-work.ts'
import { note, type WorkFacts } from './work-facts.ts'

/** What a message says of its trace; a state machine's brings its execution's input. */
const MessageOrigin = z.object({
  trace: z.string().optional(),
  execution: z.object({ trace: z.string().optional() }).optional(),
})

/**
 * The trace that a message belongs to: that of the execution that sent it, at the place which the queue's own
 * header names when it goes on with the same trace.
 */
const upstreamOf = ({ body, attributes }: Pick<SQSRecord, 'body' | 'attributes'>) => {
  const header = attributes?.AWSTraceHeader
  try {
    const { trace, execution } = MessageOrigin.parse(JSON.parse(body))
    const origin = trace ?? execution?.trace
    const isSame = origin !== undefined && header?.includes(rootOf(origin)) === true
    return isSame ? header : (origin ?? header)
  } catch {
    return header
  }
}

const rootOf = (header: string): string => /Root=[^;]+/.exec(header)?.[0] ?? header

export interface QueueMessage extends Pick<SQSRecord, 'receiptHandle'> {
  /** Epoch milliseconds at which the function is ended; undefined where the platform says nothing of it. */
  until: number | undefined
}

/**
 * A handler of queue messages whose bodies are JSON matching `schema`, with a line for each. A message
 * that fails is reported by itself and redelivered, until the queue moves it to its dead-letter queue.
 * @param factsOf what the lines of a message say of it
 */
export const queueHandler =
  <T extends z.ZodType>(
    schema: T,
    factsOf: (task: z.output<T>) => WorkFacts,
    work: (task: z.output<T>, message: QueueMessage) => Promise<void>,
  ) =>
  async ({ Records }: SQSEvent, context?: Context): Promise<SQSBatchResponse> => {
    const until = context && systemClock.now() + context.getRemainingTimeInMillis()
    const take = (record: SQSRecord): Promise<void> => {
      const { body, attributes, receiptHandle } = record
      const deliveries = Number(attributes?.ApproximateReceiveCount)
      const facts = { ...invocationFacts(context), count: deliveries || undefined }
      return recorded(
        'message',
        facts,
        async () => {
          const task = schema.parse(JSON.parse(body))
          note(factsOf(task))
          await work(task, { receiptHandle, until })
        },
        upstreamOf(record),
      )
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
