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

/** Longer than a consumer that fails holds a letter. */
const usualWaitSeconds = 80

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

interface Redriving {
  isDry: boolean
  waitMs: number
  remark: (text: string) => void
}

const redriveQueue = async (
  { queues }: Studio,
  name: QueueName,
  { isDry, waitMs, remark }: Redriving,
): Promise<{ redriven: Redriven[]; held: number }> => {
  const all = repositories()
  const letters = createLetters()
  const { queue, deadLetters } = queues[name]
  const redriven: Redriven[] = []
  const kept: DeadLetter[] = []
  const waiting = {
    patienceMs: waitMs,
    kept: () => kept.length,
    onWait: () =>
      remark(
        `Waiting up to ${waitMs / 1000} s for dead letters of ${name} that their consumer holds …`,
      ),
  }
  for await (const letter of letters.read(deadLetters, waiting)) {
    const looked = await outlookOf[name](all, letter.body)
    // What no worker can read would only come back.
    const isSent = !isDry && looked.task !== null
    if (isSent) await letters.resend(letter, deadLetters, queue)
    else kept.push(letter)
    redriven.push({ queue: name, ...letterFacts(letter), ...looked, sent: isSent })
  }
  const held = Math.max(0, (await letters.count(deadLetters)) - kept.length)
  // One that was held for too long has come back by itself.
  await Promise.allSettled(kept.map((letter) => letters.giveBack(letter, deadLetters)))
  return { redriven, held }
}

const letterFacts = ({ id, sentAt }: DeadLetter) => ({ message_id: id, sent_at: sentAt })

const told = ({ task, outlook, sent_at, sent, message_id }: Redriven): string =>
  [
    `  ${sent ? 'sent' : 'waits'}  ${moment(sent_at)}  ${task ? Object.values(task).join(' ') : message_id}`,
    paragraph(outlook, 9),
  ].join('\n')

const page = (found: readonly Redriven[], isDry: boolean, held: number): string => {
  const sections = (['stages', 'media'] as const).flatMap((name) => {
    const ours = found.filter(({ queue }) => queue === name)
    return section(`Dead letters of ${name}`, ...ours.map(told))
  })
  const sent = found.filter((one) => one.sent).length
  const end = isDry
    ? `${plural(found.length, 'dead letter')}; nothing was sent (--dry-run).`
    : `${sent} of ${plural(found.length, 'dead letter')} sent again.`
  const missed =
    held === 0 ? [] : [`About ${held} more are held by their consumer: try again in a minute.`]
  if (found.length === 0 && held === 0) return 'There are no dead letters.'
  return [...sections, '', end, ...missed].join('\n').trimStart()
}

const waitIn = (given: string | undefined): number => {
  const seconds = Number(given ?? usualWaitSeconds)
  if (Number.isInteger(seconds) && seconds >= 0) return seconds * 1000
  throw new WrongUsage('--wait is a whole number of seconds.')
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
  takes: '[stages|media] [--dry-run] [--wait SECONDS]',
  options: { 'dry-run': { type: 'boolean' }, wait: { type: 'string' } },
  help: `Each message is looked at beside its run or asset. A worker judges it anew: it does what is still wanted and drops
the rest, so that sending one twice does no harm. What cannot be read stays. Exit code 1 when some are left.
A letter whose consumer fails is held by that for more than a minute, so this waits up to 80 seconds for what is
held; --wait 0 does not. With the consumer's event source disabled, none is held.

  npm run ops -- redrive --dry-run
  npm run ops -- redrive stages`,
  async run({ studio, positionals, flag, value, answer, remark }) {
    const isDry = flag('dry-run')
    const waitMs = waitIn(value('wait'))
    const found: Redriven[] = []
    let left = 0
    for (const name of queuesIn(positionals)) {
      const { redriven, held } = await redriveQueue(studio, name, { isDry, waitMs, remark })
      found.push(...redriven)
      left += held
    }
    answer({ dry_run: isDry, messages: found, held: left }, page(found, isDry, left))
    return left === 0 && found.every(({ sent }) => sent) ? 0 : 1
  },
}
