import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { requiredSetting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { currentTraceHeader, tracedCall } from '../platform/tracing.ts'

/** Messages that one request may send. */
const batchSize = 10

export interface Queue {
  /**
   * Sends each body as JSON, once or, when an answer is lost, more often.
   * @param delayMs until it may be delivered; whole seconds, 900 of them at most
   * @throws what could not be sent; others of the same call may have been
   */
  send(bodies: readonly object[], delayMs?: number): Promise<void>
  /** Hides a received message for so many milliseconds from now on; whole seconds. */
  hide(receiptHandle: string, milliseconds: number): Promise<void>
}

const seconds = (milliseconds: number): number => Math.ceil(milliseconds / 1000)

const sendBatch = async (
  client: SQSClient,
  url: string,
  bodies: readonly object[],
  delayMs: number,
): Promise<void> => {
  const { Failed = [] } = await tracedCall('send messages', { count: bodies.length }, () =>
    client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: bodies.map((body, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ ...body, trace: currentTraceHeader() }),
          ...(delayMs > 0 && { DelaySeconds: seconds(delayMs) }),
        })),
      }),
    ),
  )
  if (Failed.length > 0) {
    throw new Error(`${Failed.length} messages could not be sent: ${Failed[0]?.Code}.`)
  }
}

const createQueue = (client: SQSClient, url: string): Queue => ({
  async send(bodies, delayMs = 0) {
    for (let from = 0; from < bodies.length; from += batchSize) {
      await sendBatch(client, url, bodies.slice(from, from + batchSize), delayMs)
    }
  },
  async hide(receiptHandle, milliseconds) {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: url,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds(milliseconds),
      }),
    )
  },
})

const made = new Map<string, Queue>()
let client: SQSClient | undefined

/** The queue whose URL a variable holds; one client per process. */
const queueOf = (variable: string): Queue => {
  const known = made.get(variable)
  if (known) return known
  client ??= new SQSClient({})
  const queue = createQueue(client, requiredSetting(variable))
  made.set(variable, queue)
  return queue
}

/** The media queue, named by MEDIA_QUEUE_URL. */
export const mediaQueue = (): Queue => queueOf(environmentNames.mediaQueueUrl)
/** Sessions that are to be searched for ahead of their runs. */
export const earlyResearchQueue = (): Queue => queueOf(environmentNames.earlyResearchQueueUrl)
/** Ends that are to be announced. */
export const endQueue = (): Queue => queueOf(environmentNames.endQueueUrl)
/** Webhooks that are to be called. */
export const deliveryQueue = (): Queue => queueOf(environmentNames.deliveryQueueUrl)
