import * as z from 'zod'
import type { LocalFunctions } from '../functions/functions.ts'
import type { LocalFunction } from '../functions/local-function.ts'
import { partition } from '../template/partition.ts'
import type { Resolver } from '../template/resolver.ts'
import { TemplateError } from '../template/template.ts'
import type { Traces } from '../traces/trace-listener.ts'
import type { QueueClient, QueueMessage } from './queue-client.ts'

const mappingSchema = z.object({
  EventSourceArn: z.string(),
  FunctionName: z.string(),
  Enabled: z.boolean().default(true),
  BatchSize: z.coerce.number().default(10),
  FunctionResponseTypes: z.array(z.string()).default([]),
  // Lambda begins with five pollers and adds more while there is work.
  ScalingConfig: z.object({ MaximumConcurrency: z.coerce.number().default(10) }).optional(),
  FilterCriteria: z.unknown().optional(),
})

const batchResultSchema = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
})

const defaultConcurrency = 10

/** How long a poller that cannot reach its queue waits. */
const errorDelayMilliseconds = 200

interface EventSource {
  queueUrl: string
  queueArn: string
  fn: LocalFunction
  batchSize: number
  concurrency: number
  reportsItemFailures: boolean
}

/** A batch of messages on its way to a function. */
export interface Delivery {
  /** The function's, in the template. */
  logicalId: string
  messages: readonly QueueMessage[]
}

/**
 * Delivers a batch by calling `invoke`, which never rejects: once, later, twice or not at all.
 * Resolves with the ids of the messages that stay in the queue; the others are deleted.
 */
export type Deliver = (
  delivery: Delivery,
  invoke: () => Promise<ReadonlySet<string>>,
) => Promise<ReadonlySet<string>>

const once: Deliver = (_, invoke) => invoke()

export interface EventSourceOptions {
  queues: QueueClient
  log: (line: string) => void
  notEmulated: (line: string) => void
  deliver: Deliver | undefined
  traces?: Traces | undefined
}

export interface EventSources {
  start(): void
  /** Takes no more messages; those that were taken are worked on or given back. */
  stop(): void
}

/** The template's event-source mappings from queues to functions. */
export const createEventSources = (
  resolver: Resolver,
  functions: LocalFunctions,
  { queues, log, notEmulated, deliver = once, traces }: EventSourceOptions,
): EventSources => {
  const urls = new Map(
    resolver
      .resources('AWS::SQS::Queue')
      .map(([logicalId]) => [resolver.attribute(logicalId, 'Arn'), resolver.reference(logicalId)]),
  )
  const sources: EventSource[] = []
  for (const [logicalId] of resolver.resources('AWS::Lambda::EventSourceMapping')) {
    const mapping = resolver.properties(logicalId, mappingSchema)
    const queueUrl = urls.get(mapping.EventSourceArn)
    if (!queueUrl || mapping.FilterCriteria !== undefined) {
      const what = queueUrl ? 'with filters' : `from ${mapping.EventSourceArn}`
      notEmulated(`AWS::Lambda::EventSourceMapping ${what} (${logicalId})`)
      continue
    }
    const fn = functions.find(mapping.FunctionName)
    if (!fn) throw new TemplateError(`${logicalId}: there is no function ${mapping.FunctionName}`)
    if (!mapping.Enabled) continue
    sources.push({
      queueUrl,
      queueArn: mapping.EventSourceArn,
      fn,
      batchSize: Math.min(mapping.BatchSize, 10),
      concurrency: mapping.ScalingConfig?.MaximumConcurrency ?? defaultConcurrency,
      reportsItemFailures: mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    })
  }
  const pollers = sources.map((source) => new Poller(source, { queues, deliver, log, traces }))
  return {
    start: () => {
      for (const poller of pollers) void poller.run()
    },
    stop: () => {
      for (const poller of pollers) poller.stop()
    },
  }
}

/** Takes messages while fewer batches than the mapping allows are being worked on. */
class Poller {
  readonly #source: EventSource
  readonly #queues: QueueClient
  readonly #deliver: Deliver
  readonly #log: (line: string) => void
  readonly #traces: Traces | undefined
  #stopped = false
  #working = 0
  #wake: (() => void) | undefined

  constructor(
    source: EventSource,
    {
      queues,
      deliver,
      log,
      traces,
    }: Omit<EventSourceOptions, 'notEmulated'> & { deliver: Deliver },
  ) {
    this.#queues = queues
    this.#traces = traces
    this.#source = source
    this.#deliver = deliver
    this.#log = log
  }

  stop(): void {
    this.#stopped = true
    this.#wake?.()
  }

  async run(): Promise<void> {
    const { queueUrl, batchSize, concurrency } = this.#source
    while (!this.#stopped) {
      if (this.#working >= concurrency) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        continue
      }
      try {
        const messages = await this.#queues.receive(queueUrl, batchSize)
        if (messages.length === 0) continue
        if (this.#stopped) {
          await Promise.all(messages.map((it) => this.#queues.giveBack(queueUrl, it.ReceiptHandle)))
        } else void this.#work(messages)
      } catch (error) {
        if (this.#stopped) return
        this.#log(`Cannot receive from ${queueUrl}: ${String(error)}`)
        await new Promise((resolve) => setTimeout(resolve, errorDelayMilliseconds))
      }
    }
  }

  /** What fails stays in the queue and is visible again when its visibility timeout is over. */
  async #work(messages: QueueMessage[]): Promise<void> {
    this.#working += 1
    try {
      const { logicalId } = this.#source.fn.definition
      const failed = await this.#deliver({ logicalId, messages }, () => this.#invoke(messages))
      const done = messages.filter((message) => !failed.has(message.MessageId))
      const { queueUrl } = this.#source
      await Promise.all(done.map((message) => this.#queues.delete(queueUrl, message)))
    } catch (error) {
      this.#log(`Cannot delete from ${this.#source.queueUrl}: ${String(error)}`)
    } finally {
      this.#working -= 1
      this.#wake?.()
    }
  }

  /** Returns the ids of the messages that the function did not finish. */
  async #invoke(messages: QueueMessage[]): Promise<Set<string>> {
    const all = new Set(messages.map((message) => message.MessageId))
    const { fn, queueArn, reportsItemFailures } = this.#source
    try {
      const outcome = await fn.invoke({
        Records: messages.map((it) => toRecord(it, queueArn, this.#traces?.headerOf(it.MessageId))),
      })
      if (!reportsItemFailures || outcome.streamed || outcome.payload === null) return new Set()
      const result = batchResultSchema.safeParse(outcome.payload)
      // As Lambda does: an answer that it cannot read, or an unknown id, fails the whole batch.
      if (!result.success) return all
      const failed = new Set(result.data.batchItemFailures?.map((item) => item.itemIdentifier))
      return [...failed].every((id) => all.has(id)) ? failed : all
    } catch {
      return all
    }
  }
}

const toRecord = (message: QueueMessage, queueArn: string, trace: string | undefined): object => ({
  messageId: message.MessageId,
  receiptHandle: message.ReceiptHandle,
  body: message.Body,
  attributes: {
    ...message.Attributes,
    ...(trace !== undefined && { AWSTraceHeader: trace }),
  },
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes).map(([name, value]) => [
      name,
      {
        dataType: value.DataType,
        ...(value.StringValue !== undefined && { stringValue: value.StringValue }),
        ...(value.BinaryValue !== undefined && { binaryValue: value.BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
      },
    ]),
  ),
  md5OfBody: message.MD5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: partition.region,
})
