import * as z from 'zod'
import { callAws } from '../../../local/aws/aws-json.ts'
import type { Template } from '../../../local/engine.ts'
import { startSession } from '../../support/studio/client.ts'
import { type Receiver, startReceiver } from '../../support/webhooks/receiver.ts'
import type { Drill } from '../drill.ts'
import type { DrillStudio } from '../drill-studio.ts'
import { runOps } from '../operator-commands.ts'
import { goodRun, times } from './work.ts'

/** As many tries as make a rate, and some. */
const pings = 120

/** Has a webhook of a new session called, by so many pings. */
const ping = async (studio: DrillStudio, receiver: Receiver, count: number) => {
  const { client } = await startSession(studio.origin)
  const { status, body } = await client.post('/api/webhooks', { url: receiver.url })
  if (status !== 201) throw new Error(`A webhook was refused: ${status}.`)
  const path = `/api/webhooks/${body.webhook_id}`
  const again = () => times(count, () => client.post(`${path}/test`))
  await again()
  return { again, delete: () => client.delete(path) }
}

const deadReceivers = (): Drill => {
  let receiver: Receiver | undefined
  let webhook: Awaited<ReturnType<typeof ping>> | undefined
  const triesOf = (studio: DrillStudio, count: number) =>
    studio.until('the tries', () => (receiver?.received.length ?? 0) >= count)
  return {
    name: 'failing-webhooks',
    condition: 'Every receiver of webhooks answers 500.',
    mending: 'They answer 204 to as many pings again.',
    alarms: ['AlarmsWebhookFailures'],
    async inject(studio) {
      receiver = await startReceiver()
      receiver.answer(...Array.from({ length: pings }, () => 500))
      webhook = await ping(studio, receiver, pings)
      await triesOf(studio, pings)
    },
    async recover(studio) {
      await webhook?.again()
      await triesOf(studio, 2 * pings)
      await webhook?.delete()
      await receiver?.stop()
    },
  }
}

/** Nothing listens at this port. */
const noQueue = 'http://127.0.0.1:9/000000000000/no-such-queue'

const queues = ['EndDeadLetterQueue', 'DeliveryDeadLetterQueue']

const lostEnds = (): Drill => {
  let receiver: Receiver | undefined
  return {
    name: 'end-dead-letters',
    silent: true,
    condition:
      'Neither the announcer nor the sender finishes anything: the end of a run and a ping lie in their dead letters.',
    mending:
      'Both work again. The letters are thrown away, and the sweeper sends what they asked for.',
    alarms: ['EndsDeadLettersNotEmpty', 'EndsDeliveryDeadLettersNotEmpty'],
    async inject(studio, period) {
      if (period === 0) {
        receiver = await startReceiver()
        studio.deliveries.treat('Announcer', 'dead-lettered')
        studio.deliveries.treat('WebhookSender', 'dead-lettered')
        await ping(studio, receiver, 1)
        await goodRun(studio)
        for (const queue of queues) {
          await studio.until(`a letter in ${queue}`, async () => {
            const { visible } = await studio.readQueue(queue)
            return visible > 0
          })
        }
      }
      for (const queue of queues) await studio.readQueue(queue)
    },
    async recover(studio) {
      for (const queue of queues) {
        const QueueUrl = studio.engine.resources[queue] ?? ''
        await callAws(new URL(QueueUrl).origin, 'AmazonSQS', 'PurgeQueue', { QueueUrl })
        await studio.readQueue(queue)
      }
      // A sweep looks at what has not changed for a minute.
      studio.control({ ahead: { Sweeper: 120_000 } })
      await studio.sweep()
      const { received = [] } = receiver ?? {}
      await studio.until('the ping', () => received.length > 0)
      await receiver?.stop()
    },
  }
}

const waitingQueues = ['EndQueue', 'DeliveryQueue']

const waitingEnds = (): Drill => {
  let receiver: Receiver | undefined
  return {
    name: 'waiting-ends',
    silent: true,
    condition:
      "Neither the announcer nor the sender takes a message, and the drill's clock is 31 minutes ahead.",
    mending: 'Both take what waits.',
    alarms: ['EndsQueueAge', 'EndsDeliveryQueueAge'],
    async inject(studio) {
      receiver = await startReceiver()
      studio.deliveries.treat('Announcer', 'kept waiting')
      studio.deliveries.treat('WebhookSender', 'kept waiting')
      await ping(studio, receiver, 1)
      await goodRun(studio)
      for (const queue of waitingQueues) {
        await studio.until(`a message in ${queue}`, () => studio.deliveries.waiting(queue) > 0)
      }
      studio.deliveries.letPass(31 * 60_000)
      for (const queue of waitingQueues) await studio.readQueue(queue)
    },
    async recover(studio) {
      for (const queue of waitingQueues) {
        await studio.until('the workers', () => studio.deliveries.waiting(queue) === 0)
        await studio.readQueue(queue)
      }
      await receiver?.stop()
    },
  }
}

const withVariables = z.looseObject({ Variables: z.record(z.string(), z.unknown()) })

/** The sweeper sends ends to a queue that does not exist. */
const withoutEndQueue = (template: Template): Template => {
  const sweeper = template.Resources.Sweeper
  if (!sweeper) throw new Error('The template has no Sweeper.')
  const { Variables } = withVariables.parse(sweeper.Properties?.Environment)
  const Environment = { Variables: { ...Variables, END_QUEUE_URL: noQueue } }
  const changed = { ...sweeper, Properties: { ...sweeper.Properties, Environment } }
  return { ...template, Resources: { ...template.Resources, Sweeper: changed } }
}

const unsentEnds: Drill = {
  name: 'unsent-ends',
  condition:
    'The announcer finishes nothing, and the sweeper’s setting names a queue that does not exist: it cannot send the end of a run again.',
  mending: 'The announcer works, and the end is sent to it as an operator does.',
  alarms: ['AlarmsSweepFailures'],
  template: withoutEndQueue,
  async inject(studio, period) {
    if (period === 0) {
      studio.deliveries.treat('Announcer', 'dead-lettered')
      await goodRun(studio)
      await studio.until('the letter', async () => {
        const { visible } = await studio.readQueue('EndDeadLetterQueue')
        return visible > 0
      })
    }
    // A sweep looks at what has not changed for a minute.
    studio.control({ ahead: { Sweeper: (period + 1) * 120_000 } })
    await studio.sweep()
  },
  async recover(studio) {
    await runOps(['redrive', 'ends'], studio.dataDirectory)
    await studio.sweep()
  },
}

/** What tells other systems of ends. */
export const endDrills = [deadReceivers(), lostEnds(), waitingEnds(), unsentEnds]
