import {
  ChangeMessageVisibilityCommand,
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
/** Not 0, at which the local engine's SQS loses a message. */
const givenBackSeconds = 1
const batchSize = 10
/** SQS may answer with less than there is: after so many empty answers in a row there is nothing to see. */
const emptyAnswers = 3

export interface Waiting {
  /** How long held letters are waited for. */
  patienceMs: number
  /** How many of those that were read are still in the queue. */
  kept(): number
  /** Called once, when there is something to wait for. */
  onWait(): void
}

export interface Letters {
  /** About how many there are, those that a reader or a consumer holds included. */
  count(queueUrl: string): Promise<number>
  /**
   * Reads the letters that nothing holds, and then waits for those that come back from what held them: a consumer that
   * fails holds one for more than a minute.
   */
  read(queueUrl: string, waiting: Waiting): AsyncIterable<DeadLetter>
  /** Gives a letter that was read back to the queue. */
  giveBack(letter: DeadLetter, queueUrl: string): Promise<void>
  /** Sends a letter to its queue again, and then takes it out: one that dies in between is sent twice, never lost. */
  resend(letter: DeadLetter, from: string, to: string): Promise<void>
}

const count = async (client: SQSClient, queueUrl: string): Promise<number> => {
  const { Attributes = {} } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  )
  const { ApproximateNumberOfMessages = 0, ApproximateNumberOfMessagesNotVisible = 0 } = Attributes
  return Number(ApproximateNumberOfMessages) + Number(ApproximateNumberOfMessagesNotVisible)
}

const receive = async (client: SQSClient, queueUrl: string): Promise<DeadLetter[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: batchSize,
      VisibilityTimeout: hiddenSeconds,
      WaitTimeSeconds: 1,
      MessageSystemAttributeNames: ['SentTimestamp'],
    }),
  )
  return Messages.map(({ MessageId = '', Body = '', ReceiptHandle = '', Attributes = {} }) => ({
    id: MessageId,
    body: Body,
    sentAt: new Date(Number(Attributes.SentTimestamp ?? 0)).toISOString(),
    receipt: ReceiptHandle,
  }))
}

async function* read(
  client: SQSClient,
  queueUrl: string,
  { patienceMs, kept, onWait }: Waiting,
): AsyncGenerator<DeadLetter> {
  const until = Date.now() + patienceMs
  const seen = new Set<string>()
  for (let empty = 0; ; ) {
    const fresh = (await receive(client, queueUrl)).filter(({ id }) => !seen.has(id))
    empty = fresh.length === 0 ? empty + 1 : 0
    for (const letter of fresh) {
      seen.add(letter.id)
      yield letter
    }
    if (empty < emptyAnswers) continue
    if (Date.now() >= until || (await count(client, queueUrl)) <= kept()) return
    if (empty === emptyAnswers) onWait()
  }
}

export const createLetters = (client: SQSClient = new SQSClient({})): Letters => ({
  count: (queueUrl) => count(client, queueUrl),
  read: (queueUrl, waiting) => read(client, queueUrl, waiting),
  async giveBack({ receipt }, queueUrl) {
    await client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queueUrl,
        ReceiptHandle: receipt,
        VisibilityTimeout: givenBackSeconds,
      }),
    )
  },
  async resend({ body, receipt }, from, to) {
    await client.send(new SendMessageCommand({ QueueUrl: to, MessageBody: body }))
    await client.send(new DeleteMessageCommand({ QueueUrl: from, ReceiptHandle: receipt }))
  },
})
