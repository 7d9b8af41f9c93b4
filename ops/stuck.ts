import type { Command } from './command.ts'
import { createLetters } from './dead-letters.ts'
import { endsFound } from './ends-found.ts'
import type { Finding } from './finding.ts'
import { judgeRun, judgeTurn, judgeVoiceTurn, judgeWork } from './judgements.ts'
import { type Repositories, repositories } from './repositories.ts'
import type { QueueName, Studio } from './studio.ts'
import { duration, moment, paragraph, plural, section } from './terminal.ts'

const runsFound = async ({ runs, machine }: Repositories, now: number): Promise<Finding[]> => {
  const found: Finding[] = []
  for await (const ids of runs.listOpen(now)) {
    const judged = ids.map(async (id) => {
      const whole = await runs.get(id)
      if (!whole) return []
      const { run, stages } = whole
      const execution = await machine.describe(id, run.attempt)
      const claim = stages[run.stage]
      const leaseUntil = claim?.attempt === run.attempt ? claim.lease_until : undefined
      return [judgeRun({ run, execution, leaseUntil }, now)]
    })
    found.push(...(await Promise.all(judged)).flat())
  }
  return found
}

const turnsFound = async (
  { sessions, voiceTurns }: Repositories,
  now: number,
): Promise<Finding[]> => {
  const [abandoned, spoken] = await Promise.all([
    sessions.listAbandoned(),
    voiceTurns.listBegunBefore(now),
  ])
  const pending = await Promise.all(
    spoken.map(({ sessionId, turn }) => voiceTurns.get(sessionId, turn)),
  )
  const waiting = pending.filter((turn) => turn !== undefined)
  // The lease of a voice turn is that of its transcript.
  const others = abandoned.filter((id) => !waiting.some(({ session_id }) => session_id === id))
  const held = await Promise.all(others.map((id) => sessions.get(id)))
  return [
    ...held.flatMap((session) => (session?.lease ? [judgeTurn(session, now)] : [])),
    ...waiting.map((turn) => judgeVoiceTurn(turn, now)),
  ]
}

const worksFound = async (
  { jobs }: Repositories,
  works: Repositories['assets'] | Repositories['exports'],
  now: number,
): Promise<Finding[]> => {
  const found: Finding[] = []
  for await (const named of works.listOpen(now)) {
    const judged = named.map(async ({ run_id, asset_id }) => {
      const all = await works.list(run_id)
      const work = all.find((one) => one.asset_id === asset_id)
      if (!work) return []
      const job = await jobs.get(work.job_id)
      const requestedAt = job?.created_at ?? work.created_at
      return [judgeWork({ work, all, requestedAt }, now)]
    })
    found.push(...(await Promise.all(judged)).flat())
  }
  return found
}

const lettersFound = async ({ queues }: Studio, now: number): Promise<Finding[]> => {
  const letters = createLetters()
  const found = Object.entries(queues).map(async ([name, { deadLetters }]) => {
    const count = await letters.count(deadLetters)
    return count === 0 ? [] : [letterFinding(name as QueueName, count, new Date(now).toISOString())]
  })
  return (await Promise.all(found)).flat()
}

const unhandled =
  'Three deliveries failed, and the consumer of the dead letters has not taken them either.'
const sweptTo = (worker: string): string =>
  `Three deliveries to ${worker} failed. What they ask for is in the table, and the sweeper sends it again.`
const whyLetters: Readonly<Record<QueueName, string>> = {
  stages: unhandled,
  media: unhandled,
  ends: sweptTo('Announcer'),
  deliveries: sweptTo('WebhookSender'),
}

const letterFinding = (name: QueueName, count: number, since: string): Finding => ({
  kind: 'dead letters',
  id: name,
  verdict: 'stands',
  since,
  where: plural(count, 'message'),
  why: whyLetters[name],
  next: `npm run ops -- redrive ${name} --dry-run`,
})

const describe = (
  { kind, id, since, where, why, next, jobs, run_id }: Finding,
  now: number,
): string => {
  const at = kind === 'dead letters' ? '' : `, unchanged for ${duration(now - Date.parse(since))}`
  const of = [run_id, ...(jobs ?? [])].filter((one) => one !== undefined)
  return [
    `  ${kind} ${id}`,
    paragraph(`${where}${at}${of.length > 0 ? ` (${of.join(', ')})` : ''}`, 4),
    paragraph(why, 4),
    ...(next === undefined ? [] : [paragraph(`-> ${next}`, 4)]),
  ].join('\n')
}

const page = (studio: Studio, found: readonly Finding[], now: number, all: boolean): string => {
  const of = (verdict: Finding['verdict']) => found.filter((one) => one.verdict === verdict)
  const works = of('works')
  const lines = (some: Finding[]) => some.map((one) => describe(one, now))
  return [
    `${studio.name}, ${moment(new Date(now).toISOString())} UTC`,
    ...section('Stands still', ...lines(of('stands'))),
    ...section('Stands still, and the next sweep repairs it', ...lines(of('next_sweep'))),
    ...section('Is for its owner to mend', ...lines(of('owner'))),
    ...(all ? section('Works', ...lines(works)) : []),
    '',
    of('stands').length + of('next_sweep').length === 0
      ? `Nothing stands still; ${plural(works.length, 'piece')} of work open.`
      : `Standing still: ${of('stands').length}; for the next sweep: ${of('next_sweep').length}; at work: ${works.length}${all ? '' : ' (--all lists them)'}.`,
  ].join('\n')
}

export const stuck: Command = {
  summary:
    'Runs, turns, jobs, assets and webhooks that stand still, and why the sweeper left them.',
  takes: '[--all]',
  options: { all: { type: 'boolean' } },
  help: `Looks at everything that has not ended: runs with their executions, turns, voice turns, assets and
exports with their jobs, ends that are not announced, webhooks that fail, deliveries that no sender
takes, and dead letters. Exit code 1 when something stands still that no sweep repairs.

  npm run ops -- stuck
  npm run ops -- stuck --all --json
  npm run ops -- stuck --outputs cdk-outputs.json`,
  async run({ studio, flag, answer }) {
    const all = repositories()
    const now = all.clock.now()
    const found = (
      await Promise.all([
        runsFound(all, now),
        turnsFound(all, now),
        worksFound(all, all.assets, now),
        worksFound(all, all.exports, now),
        endsFound(all, now),
        lettersFound(studio, now),
      ])
    ).flat()
    const shown = flag('all') ? found : found.filter(({ verdict }) => verdict !== 'works')
    answer(
      { at: new Date(now).toISOString(), findings: shown },
      page(studio, found, now, flag('all')),
    )
    return found.some(({ verdict }) => verdict === 'stands') ? 1 : 0
  },
}
