import type * as z from 'zod'
import { MediaTask } from '../shared/contracts/media-pipeline.ts'
import { StageTask } from '../shared/contracts/pipeline.ts'
import { isEnded } from '../shared/rules/media/asset-progress.ts'
import { isFinished } from '../shared/rules/run-state.ts'
import type { Command } from './command.ts'
import { createLetters, type DeadLetter } from './dead-letters.ts'
import { WrongUsage } from './failure.ts'
import { type Repositories, repositories } from './repositories.ts'
import type { QueueName, Studio } from './studio.ts'
import { moment, paragraph, plural, section } from './terminal.ts'

/** A dead letter, and what becomes of it when it is sent again. */
interface Redriven {
  queue: QueueName
  message_id: string
  sent_at: string
  /** What it asks for; null of a message that cannot be read. */
  task: object | null
  /** What its worker will make of it. */
  outlook: string
  sent: boolean
}

/** Letters that one call looks at. */
const usualLimit = 1_000

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

const stageOutlook = async ({ runs }: Repositories, body: string) => {
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

const mediaOutlook = async ({ assets, exports }: Repositories, body: string) => {
  const task = parsed(MediaTask, body)
  if (!task) return unreadable
  const works = task.asset_id.startsWith('export_') ? exports : assets
  const work = await works.find(task.run_id, task.asset_id)
  if (!work) return { task, outlook: 'It is gone: a worker drops it.' }
  return isEnded(work) || work.attempt !== task.attempt
    ? { task, outlook: `It is ${work.status}, attempt ${work.attempt}: a worker drops it.` }
    : { task, outlook: `It is ${work.status}: a worker makes it.` }
}

const outlookOf = { stages: stageOutlook, media: mediaOutlook } as const satisfies Record<
  QueueName,
  (all: Repositories, body: string) => Promise<Pick<Redriven, 'task' | 'outlook'>>
>

const redriveQueue = async (
  { queues }: Studio,
  name: QueueName,
  { isDry, limit }: { isDry: boolean; limit: number },
): Promise<Redriven[]> => {
  const all = repositories()
  const letters = createLetters()
  const { queue, deadLetters } = queues[name]
  const redriven: Redriven[] = []
  for await (const letter of letters.read(deadLetters, limit)) {
    const looked = await outlookOf[name](all, letter.body)
    // What no worker can read would only come back.
    const isSent = !isDry && looked.task !== null
    if (isSent) await letters.resend(letter, deadLetters, queue)
    redriven.push({ queue: name, ...letterFacts(letter), ...looked, sent: isSent })
  }
  return redriven
}

const letterFacts = ({ id, sentAt }: DeadLetter) => ({ message_id: id, sent_at: sentAt })

const told = ({ task, outlook, sent_at, sent, message_id }: Redriven): string =>
  [
    `  ${sent ? 'sent' : 'waits'}  ${moment(sent_at)}  ${task ? Object.values(task).join(' ') : message_id}`,
    paragraph(outlook, 9),
  ].join('\n')

const page = (found: readonly Redriven[], isDry: boolean): string => {
  const sections = (['stages', 'media'] as const).flatMap((name) => {
    const ours = found.filter(({ queue }) => queue === name)
    return section(`Dead letters of ${name}`, ...ours.map(told))
  })
  const sent = found.filter((one) => one.sent).length
  const end = isDry
    ? `${plural(found.length, 'dead letter')}; nothing was sent (--dry-run). They are hidden from their consumers for half a minute.`
    : `${sent} of ${plural(found.length, 'dead letter')} sent again.`
  return found.length === 0
    ? 'There are no dead letters.'
    : [...sections, '', end].join('\n').trimStart()
}

const queuesIn = ([name, ...rest]: readonly string[]): QueueName[] => {
  if (rest.length > 0) throw new WrongUsage('Name one of the queues, or none for all.')
  if (name === undefined) return ['stages', 'media']
  if (name === 'stages' || name === 'media') return [name]
  throw new WrongUsage(`There is no queue ${name}. There are stages and media.`)
}

export const redrive: Command = {
  summary:
    'Sends dead letters to their queue again; with --dry-run only shows what would become of them.',
  takes: '[stages|media] [--dry-run]',
  options: { 'dry-run': { type: 'boolean' } },
  help: `Each message is looked at beside its run or asset. A worker judges it anew: it does what is still wanted and drops
the rest, so that sending one twice does no harm. What cannot be read stays. Exit code 1 when some are left.

  npm run ops -- redrive --dry-run
  npm run ops -- redrive stages`,
  async run({ studio, positionals, flag, answer }) {
    const isDry = flag('dry-run')
    const found: Redriven[] = []
    for (const name of queuesIn(positionals)) {
      found.push(...(await redriveQueue(studio, name, { isDry, limit: usualLimit })))
    }
    answer({ dry_run: isDry, messages: found }, page(found, isDry))
    return found.every(({ sent }) => sent) ? 0 : 1
  },
}
