import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type FauxqsServer, startFauxqs } from 'fauxqs'
import * as z from 'zod'
import { readAnswer } from '../aws/aws-json.ts'
import { allowOrigins, type BucketCors, bucketCorsSchema } from '../objects/cors.ts'
import type { FastifyInstance } from '../objects/fastify.ts'
import { guardObjects } from '../objects/guard.ts'
import { overrideHeaders } from '../objects/response-headers.ts'
import { partition } from '../template/partition.ts'
import type { Resolver } from '../template/resolver.ts'
import { type CallQueues, createQueueClient, type QueueClient } from './queue-client.ts'

const queueSchema = z.object({
  VisibilityTimeout: z.coerce.string().optional(),
  DelaySeconds: z.coerce.string().optional(),
  MaximumMessageSize: z.coerce.string().optional(),
  MessageRetentionPeriod: z.coerce.string().optional(),
  ReceiveMessageWaitTimeSeconds: z.coerce.string().optional(),
  FifoQueue: z.coerce.string().optional(),
  ContentBasedDeduplication: z.coerce.string().optional(),
  RedrivePolicy: z
    .looseObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.coerce.number() })
    .transform((policy) => JSON.stringify(policy))
    .optional(),
})

const bucketSchema = z.object({
  CorsConfiguration: bucketCorsSchema.optional(),
  NotificationConfiguration: z.unknown().optional(),
  WebsiteConfiguration: z.unknown().optional(),
})

/** SQS and S3 on one address, in this process, kept in the data folder. */
export interface MessageEngine {
  endpoint: string
  server: FauxqsServer
  /** The engine's own way to SQS: past the network, since both are in this process. */
  queues: QueueClient
  call: CallQueues
  /** What pages may do with each bucket. */
  cors: BucketCors
  close(): Promise<void>
}

const fastifyStarts = 'fastify.initialization'

/** Starts SQS and S3. Messages lie in an SQLite file, objects as plain files. */
export const startMessageEngine = async (dataDirectory: string): Promise<MessageEngine> => {
  const cors: BucketCors = new Map()
  const { promise: called, resolve } = Promise.withResolvers<CallQueues>()
  const prepare = (message: unknown): void => {
    const { fastify } = z.object({ fastify: z.custom<FastifyInstance>() }).parse(message)
    resolve(callThrough(fastify, prepareServer(fastify, cors)))
  }
  subscribe(fastifyStarts, prepare)
  try {
    const server = await syncingAtCheckpoints(() =>
      startFauxqs({
        port: 0,
        logger: false,
        defaultRegion: partition.region,
        dataDir: join(dataDirectory, 'messages'),
        s3StorageDir: join(dataDirectory, 'objects'),
      }),
    )
    const call = await called
    const queues = createQueueClient(call)
    return { server, queues, call, cors, endpoint: server.address, close: () => server.stop() }
  } finally {
    unsubscribe(fastifyStarts, prepare)
  }
}

/**
 * Opens databases that reach the disk at checkpoints, as the tables' own does, and not at each message, which would
 * hold up all of the engine. A process that is killed loses nothing by it; fauxqs has no option for it.
 */
const syncingAtCheckpoints = <Started>(start: () => Started): Started => {
  const { exec } = DatabaseSync.prototype
  DatabaseSync.prototype.exec = function (sql) {
    exec.call(this, sql)
    if (sql.includes('journal_mode = WAL')) exec.call(this, 'PRAGMA synchronous = NORMAL')
  }
  try {
    return start()
  } finally {
    DatabaseSync.prototype.exec = exec
  }
}

/** What fauxqs has no option for, before it registers its routes and listens. Returns the headers of own requests. */
const prepareServer = (fastify: FastifyInstance, cors: BucketCors): Record<string, string> => {
  allowOrigins(fastify, cors)
  const ownHeaders = guardObjects(fastify)
  overrideHeaders(fastify)
  // By itself it would listen on every interface of the machine.
  const listen = fastify.listen.bind(fastify)
  fastify.listen = (options) => listen({ ...options, host: '127.0.0.1' })
  return ownHeaders
}

const callThrough =
  (fastify: FastifyInstance, ownHeaders: Record<string, string>): CallQueues =>
  async (operation, input) => {
    const { statusCode, body } = await fastify.inject({
      method: 'POST',
      url: '/',
      headers: {
        ...ownHeaders,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `AmazonSQS.${operation}`,
      },
      payload: JSON.stringify(input),
    })
    return readAnswer(operation, statusCode, body)
  }

/** Creates the template's queues and buckets; those of an earlier start keep what they hold. */
export const createQueuesAndBuckets = async (
  resolver: Resolver,
  { server, call, cors }: MessageEngine,
  notEmulated: (line: string) => void,
): Promise<void> => {
  for (const [logicalId] of resolver.resources('AWS::SQS::Queue')) {
    const name = resolver.attribute(logicalId, 'QueueName')
    const attributes = Object.fromEntries(
      Object.entries(resolver.properties(logicalId, queueSchema)).filter(isGiven),
    )
    // Creating a queue that exists would empty it.
    if (server.inspectQueue(name) === undefined) server.createQueue(name, { attributes })
    else {
      const input = { QueueUrl: resolver.reference(logicalId), Attributes: attributes }
      await call('SetQueueAttributes', input)
    }
  }
  for (const [logicalId] of resolver.resources('AWS::S3::Bucket')) {
    const { CorsConfiguration, ...others } = resolver.properties(logicalId, bucketSchema)
    for (const [feature, value] of Object.entries(others)) {
      if (value !== undefined) notEmulated(`AWS::S3::Bucket with ${feature} (${logicalId})`)
    }
    const name = resolver.reference(logicalId)
    cors.set(name, CorsConfiguration?.CorsRules ?? [])
    server.createBucket(name)
  }
}

/**
 * Makes the messages visible that the last engine was working on when it ended: no worker has them any
 * more, and some would stay out of sight for half an hour.
 */
export const returnUnfinishedMessages = async (
  resolver: Resolver,
  { server, queues }: MessageEngine,
): Promise<void> => {
  for (const [logicalId] of resolver.resources('AWS::SQS::Queue')) {
    const queue = server.inspectQueue(resolver.attribute(logicalId, 'QueueName'))
    for (const { receiptHandle } of queue?.messages.inflight ?? []) {
      await queues.giveBack(resolver.reference(logicalId), receiptHandle)
    }
  }
}

const isGiven = (entry: [string, string | undefined]): entry is [string, string] =>
  entry[1] !== undefined
