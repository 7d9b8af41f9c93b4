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

/** Waits up to 20 s for a message. */
export const receiveMessages = async (queueUrl: string, limit: number): Promise<QueueMessage[]> => {
  const received = await callAws(originOf(queueUrl), 'AmazonSQS', 'ReceiveMessage', {
    QueueUrl: queueUrl,
    MaxNumberOfMessages: limit,
    WaitTimeSeconds: 20,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  })
  return receivedSchema.parse(received).Messages
}

export const deleteMessage = async (queueUrl: string, message: QueueMessage): Promise<void> => {
  await callAws(originOf(queueUrl), 'AmazonSQS', 'DeleteMessage', {
    QueueUrl: queueUrl,
    ReceiptHandle: message.ReceiptHandle,
  })
}

/**
 * Gives a message back, for the next reader in a second. (At once would be 0, at which fauxqs 2.4 loses
 * a message that it keeps in a file.)
 */
export const returnMessage = async (queueUrl: string, receiptHandle: string): Promise<void> => {
  await callAws(originOf(queueUrl), 'AmazonSQS', 'ChangeMessageVisibility', {
    QueueUrl: queueUrl,
    ReceiptHandle: receiptHandle,
    VisibilityTimeout: 1,
  })
}

const sentSchema = z.object({ MessageId: z.string() })

/** Puts a message into a queue and returns its id. Throws AwsError. */
export const sendMessage = async (
  queueUrl: string,
  body: string,
  options: object = {},
): Promise<string> => {
  const sent = await callAws(originOf(queueUrl), 'AmazonSQS', 'SendMessage', {
    ...options,
    QueueUrl: queueUrl,
    MessageBody: body,
  })
  return sentSchema.parse(sent).MessageId
}

const originOf = (queueUrl: string): string => new URL(queueUrl).origin
