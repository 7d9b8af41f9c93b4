import type * as z from 'zod'
import { EndTask } from '../shared/contracts/ends.ts'
import { MediaTask } from '../shared/contracts/media-pipeline.ts'
import { StageTask } from '../shared/contracts/pipeline.ts'
import { DeliveryTask } from '../shared/contracts/webhooks.ts'
import { isEnded } from '../shared/rules/media/asset-progress.ts'
import { isFinished } from '../shared/rules/run-state.ts'
import type { Repositories } from './repositories.ts'
import type { QueueName } from './studio.ts'
import { plural } from './terminal.ts'

/** What a dead letter asks for, and what becomes of it when it is sent again. */
export interface Outlook {
  /** Null of a message that cannot be read. */
  task: object | null
  /** What its worker will make of it. */
  outlook: string
}

const parsed = <T extends z.ZodType>(schema: T, body: string): z.output<T> | undefined => {
  try {
    return schema.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}

const unreadable = {
  task: null,
  outlook:
    'It cannot be read: workers refuse it again. It was sent by another version, or by something else; delete it in the queue.',
}

const stageOutlook = async (
  { runs }: Pick<Repositories, 'runs'>,
  body: string,
): Promise<Outlook> => {
  const task = parsed(StageTask, body)
  if (!task) return unreadable
  // The token opens the state machine: it is not shown.
  const { task_token: _, execution: __, ...shown } = task
  const run = await runs.find(task.run_id)
  return { task: shown, outlook: outlookOfStage(task, run) }
}

const outlookOfStage = (
  task: StageTask,
  run: Awaited<ReturnType<Repositories['runs']['find']>>,
): string => {
  if (!run) return 'Its run is gone: a worker drops it.'
  if (isFinished(run.state)) {
    const more =
      run.state === 'FAILED' ? ` POST /api/runs/${run.run_id}/resume goes on with the run.` : ''
    return `Its run is ${run.state}: a worker drops it.${more}`
  }
  return run.attempt === task.attempt && run.stage === task.stage
    ? 'Its run waits for this stage: a worker does it, or finds its token closed.'
    : `Its run is at ${run.stage}, attempt ${run.attempt}: a worker drops it.`
}

const mediaOutlook = async (
  { assets, exports }: Pick<Repositories, 'assets' | 'exports'>,
  body: string,
): Promise<Outlook> => {
  const task = parsed(MediaTask, body)
  if (!task) return unreadable
  const works = task.asset_id.startsWith('export_') ? exports : assets
  const work = await works.find(task.run_id, task.asset_id)
  if (!work) return { task, outlook: 'It is gone: a worker drops it.' }
  return isEnded(work) || work.attempt !== task.attempt
    ? { task, outlook: `It is ${work.status}, attempt ${work.attempt}: a worker drops it.` }
    : { task, outlook: `It is ${work.status}: a worker makes it.` }
}

const endOutlook = async ({ ends }: Pick<Repositories, 'ends'>, body: string): Promise<Outlook> => {
  const task = parsed(EndTask, body)
  if (!task) return unreadable
  const waiting = await ends.find(task.end_id)
  return {
    task,
    outlook:
      waiting.length > 0
        ? 'It has not been announced: the announcer does it, if the sweeper does not have it done before.'
        : 'It has been announced since: the announcer drops it.',
  }
}

const deliveryOutlook = async (
  { deliveries, webhooks }: Pick<Repositories, 'deliveries' | 'webhooks'>,
  body: string,
): Promise<Outlook> => {
  const named = parsed(DeliveryTask, body)
  if (!named) return unreadable
  const { owner, ...task } = named
  const [webhook, delivery] = await Promise.all([
    webhooks.find(owner, task.webhook_id),
    deliveries.find(named),
  ])
  if (!webhook || !delivery) return { task, outlook: 'It is gone: the sender drops it.' }
  return {
    task,
    outlook:
      delivery.status === 'pending'
        ? `It is pending after ${plural(delivery.attempts, 'try', 'tries')}: the sender tries it when it is due.`
        : `It is ${delivery.status}: the sender drops it.`,
  }
}

/** What a worker makes of a dead letter of each queue. */
export const outlookOf = {
  stages: stageOutlook,
  media: mediaOutlook,
  ends: endOutlook,
  deliveries: deliveryOutlook,
} as const satisfies Record<QueueName, (all: Repositories, body: string) => Promise<Outlook>>
