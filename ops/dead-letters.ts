import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'

/** A message that its queue's consumers gave up. */
export interface DeadLetter {
  id: string
  body: string
  /** When it was sent first. */
  sentAt: string
  receipt: string
}

/** Seconds for which a letter that was read is hidden from its consumer, and from another reader. */
const hiddenSeconds = 30
const batchSize = 10
/** SQS answers with less than there is; after so many empty answers there is nothing left. */
const emptyAnswers = 3

export interface Letters {
  /** About how many wait, those that a reader holds included. */
  count(queueUrl: string): Promise<number>
  /** Reads letters, a batch at a time, until none is left or `limit` are read. They come back by themselves. */
  read(queueUrl: string, limit: number): AsyncIterable<DeadLetter>
  /** Sends a letter to its queue again, and then takes it out: one that dies in between is sent twice, never lost. */
  resend(letter: DeadLetter, from: string, to: string): Promise<void>
}

async function* read(
  client: SQSClient,
  queueUrl: string,
  limit: number,
): AsyncGenerator<DeadLetter> {
  const seen = new Set<string>()
  for (let empty = 0; empty < emptyAnswers && seen.size < limit; ) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: Math.min(batchSize, limit - seen.size),
        VisibilityTimeout: hiddenSeconds,
        WaitTimeSeconds: 1,
        MessageSystemAttributeNames: ['SentTimestamp'],
      }),
    )
    const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId))
    empty = fresh.length === 0 ? empty + 1 : 0
    for (const { MessageId = '', Body = '', ReceiptHandle = '', Attributes = {} } of fresh) {
      seen.add(MessageId)
      const sentAt = new Date(Number(Attributes.SentTimestamp ?? 0)).toISOString()
      yield { id: MessageId, body: Body, sentAt, receipt: ReceiptHandle }
    }
  }
}

export const createLetters = (client: SQSClient = new SQSClient({})): Letters => ({
  async count(queueUrl) {
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    )
    const { ApproximateNumberOfMessages = 0, ApproximateNumberOfMessagesNotVisible = 0 } =
      Attributes
    return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible)
  },
  read: (queueUrl, limit) => read(client, queueUrl, limit),
  async resend({ body, receipt }, from, to) {
    await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: body }))
    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: receipt }))
  },
})
