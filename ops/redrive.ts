import type { Command } from './command.ts'
import { createLetters, type DeadLetter } from './dead-letters.ts'
import { WrongUsage } from './failure.ts'
import { type Outlook, outlookOf } from './outlooks.ts'
import { repositories } from './repositories.ts'
import { isQueueName, type QueueName, queueNames, type Studio } from './studio.ts'
import { moment, paragraph, plural, section } from './terminal.ts'

/** A dead letter, and what becomes of it when it is sent again. */
interface Redriven extends Outlook {
  queue: QueueName
  message_id: string
  sent_at: string
  sent: boolean
}

/** Longer than a consumer that fails holds a letter. */
const usualWaitSeconds = 80

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

const describe = ({ task, outlook, sent_at, sent, message_id }: Redriven): string =>
  [
    `  ${sent ? 'sent' : 'waits'}  ${moment(sent_at)}  ${task ? Object.values(task).join(' ') : message_id}`,
    paragraph(outlook, 9),
  ].join('\n')

const page = (found: readonly Redriven[], isDry: boolean, held: number): string => {
  const sections = queueNames.flatMap((name) => {
    const ours = found.filter(({ queue }) => queue === name)
    return section(`Dead letters of ${name}`, ...ours.map(describe))
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
  if (name === undefined) return queueNames
  if (isQueueName(name)) return [name]
  throw new WrongUsage(`There is no queue ${name}. There are ${queueNames.join(', ')}.`)
}

export const redrive: Command = {
  summary:
    'Sends dead letters to their queue again; with --dry-run only shows what would become of them.',
  takes: '[stages|media|ends|deliveries] [--dry-run] [--wait SECONDS]',
  options: { 'dry-run': { type: 'boolean' }, wait: { type: 'string' } },
  help: `Each message is looked at beside its run, asset or delivery. A worker judges it anew: it does what is still wanted and drops
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
