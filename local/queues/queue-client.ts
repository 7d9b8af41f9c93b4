import * as z from 'zod'
import { callAws } from '../aws/aws-json.ts'

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z
    .record(
      z.string(),
      z.object({
        DataType: z.string(),
        StringValue: z.string().optional(),
        BinaryValue: z.string().optional(),
      }),
    )
    .default({}),
})

export type QueueMessage = z.infer<typeof messageSchema>

const receivedSchema = z.object({ Messages: z.array(messageSchema).default([]) })
const sentSchema = z.object({ MessageId: z.string() })

/** Has SQS perform an operation. Rejects with AwsError. */
export type CallQueues = (operation: string, input: { QueueUrl: string }) => Promise<unknown>

/** What the engine does with queues. Everything rejects with AwsError. */
export interface QueueClient {
  /** Waits up to 20 s for a message. */
  receive(queueUrl: string, limit: number): Promise<QueueMessage[]>
  delete(queueUrl: string, message: QueueMessage): Promise<void>
  /**
   * Gives a message back, for the next reader in a second. (At once would be 0, at which fauxqs 2.4 loses
   * a message that it keeps in a file.)
   */
  giveBack(queueUrl: string, receiptHandle: string): Promise<void>
  /** Puts a message into a queue and returns its id. */
  send(queueUrl: string, body: string, options?: object): Promise<string>
}

export const createQueueClient = (call: CallQueues): QueueClient => ({
  async receive(QueueUrl, limit) {
    const input = {
      QueueUrl,
      MaxNumberOfMessages: limit,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }
    return receivedSchema.parse(await call('ReceiveMessage', input)).Messages
  },
  async delete(QueueUrl, { ReceiptHandle }) {
    const input = { QueueUrl, ReceiptHandle }
    await call('DeleteMessage', input)
  },
  async giveBack(QueueUrl, ReceiptHandle) {
    const input = { QueueUrl, ReceiptHandle, VisibilityTimeout: 1 }
    await call('ChangeMessageVisibility', input)
  },
  async send(QueueUrl, MessageBody, options = {}) {
    const input = { ...options, QueueUrl, MessageBody }
    return sentSchema.parse(await call('SendMessage', input)).MessageId
  },
})

/** From another process, to the engine whose address the queue's URL holds. Rejects with AwsError. */
export const sendMessage = async (queueUrl: string, body: string): Promise<string> => {
  const { origin } = new URL(queueUrl)
  const client = createQueueClient((operation, input) =>
    callAws(origin, 'AmazonSQS', operation, input),
  )
  return await client.send(queueUrl, body)
}
