import type { Call, Command } from './command.ts'
import { type Doomed, type Erased, type Erasers, eraseEach } from './erasing.ts'
import { Failure, WrongUsage } from './failure.ts'
import { allHoldings, holdingsText, sessionOf, sessionsOf } from './holdings.ts'
import { onlyOne, ownerOfSession } from './named.ts'
import { type Repositories, repositories } from './repositories.ts'
import { paragraph, plural } from './terminal.ts'

/** What the product keeps on purpose, see docs/privacy.md. */
const keptOf = (isSession: boolean): string => {
  const sent = isSession
    ? "the principal's webhooks and what became of deliveries to them (30 days)"
    : 'what receivers of webhooks were sent, which is theirs to erase'
  return `Kept, as docs/privacy.md says: lines with ids (30 days), what the principal spent by day (40 days), ${sent}, and what point-in-time recovery holds (35 days).`
}

type Things = Pick<Doomed, 'webhooks' | 'sessions'>

/** The address of a webhook is shown by its host, since the rest may hold a secret. */
const listed = ({ webhooks, sessions }: Things): string =>
  [
    ...sessions.map((held) => paragraph(`${held.session_id}: ${holdingsText(held)}`)),
    ...webhooks.map(({ webhook_id, url }) =>
      paragraph(`${webhook_id}: ${URL.parse(url)?.host ?? 'no host'}, with its deliveries`),
    ),
  ].join('\n')

const counted = ({ webhooks, sessions }: Things): string =>
  [
    plural(sessions.length, 'session'),
    ...(webhooks.length > 0 ? [plural(webhooks.length, 'webhook')] : []),
  ].join(' and ')

const erasers = async (): Promise<Erasers> => {
  const [{ erasureService }, { webhookService }] = await Promise.all([
    import('../functions/erasure-composition.ts'),
    import('../functions/webhook-composition.ts'),
  ])
  return { erasure: erasureService(), webhooks: webhookService() }
}

const ofSession = async (
  all: Repositories,
  sessionId: string,
  named: string | undefined,
): Promise<Doomed> => {
  const owner =
    named ??
    (await ownerOfSession(all, sessionId).catch((cause) => {
      const hint = 'Runs and jobs that outlived it are found by their owner: --owner PRINCIPAL.'
      throw cause instanceof Failure ? new Failure(`${cause.message} ${hint}`, { cause }) : cause
    }))
  const held = await sessionOf(all, owner, sessionId)
  return { owner, webhooks: [], sessions: await allHoldings(all, [held]) }
}

const ofPrincipal = async (all: Repositories, owner: string): Promise<Doomed> => {
  const [sessions, webhooks] = await Promise.all([sessionsOf(all, owner), all.webhooks.list(owner)])
  if (sessions.length + webhooks.length === 0) {
    throw new Failure(`The principal ${owner} has no sessions and no webhooks.`)
  }
  return { owner, webhooks, sessions: await allHoldings(all, sessions) }
}

/** @throws WrongUsage, Failure unless it is confirmed */
const confirm = async ({ remark, ask }: Call, id: string, doomed: Doomed): Promise<void> => {
  remark(`To be erased for good:\n${listed(doomed)}`)
  const said = await ask(`Type ${id} to erase ${counted(doomed)}: `)
  if (said === undefined) {
    throw new WrongUsage('There is no terminal to ask on: --yes erases without asking.')
  }
  if (said !== id) throw new Failure('Nothing was erased.')
}

const page = (owner: string, erased: Erased, isSession: boolean): string => {
  const gone = listed(erased)
  const failed = erased.failed.map(({ id, reason }) => paragraph(`${id}: ${reason}`))
  return [
    `Erased ${counted(erased)} of ${owner}${gone ? `:\n${gone}` : '.'}`,
    ...(failed.length > 0 ? ['Failed; the same command again goes on with these:', ...failed] : []),
    keptOf(isSession),
  ].join('\n')
}

export const erase: Command = {
  summary: 'Erases a session, or all that a principal has, and says what was removed.',
  takes: 'SESSION|PRINCIPAL [--owner PRINCIPAL] [--yes]',
  options: { yes: { type: 'boolean' }, owner: { type: 'string' } },
  help: `Messages, log, brief, runs, jobs, assets and files: the erasure of DELETE /api/chat/session/{session_id}; of a
principal also its webhooks with their deliveries. It cannot be undone. Shows what is there and asks for the id again;
--yes answers that. Goes on past what fails, lists it and exits with 1; the same command again goes on with it. --owner
names the owner of a session that is past its time, of which runs or jobs are left.

  npm run ops -- erase sess_01kb2…
  npm run ops -- erase user_01kb2… --yes`,
  async run(call) {
    const id = onlyOne(call.positionals, 'a session or a principal')
    if (/^(run|job|asset|export)_/.test(id)) {
      throw new WrongUsage(`${id} is neither a session nor a principal.`)
    }
    const isSession = id.startsWith('sess_')
    const named = call.value('owner')
    if (named !== undefined && !isSession) throw new WrongUsage('--owner is of a session.')
    const all = repositories()
    const doomed = isSession ? await ofSession(all, id, named) : await ofPrincipal(all, id)
    if (!call.flag('yes')) await confirm(call, id, doomed)
    const erased = await eraseEach(await erasers(), doomed)
    const { sessions, webhooks, failed } = erased
    call.answer(
      {
        principal: doomed.owner,
        erased: sessions,
        webhooks: webhooks.map(({ webhook_id }) => webhook_id),
        failed,
      },
      page(doomed.owner, erased, isSession),
    )
    return failed.length > 0 ? 1 : 0
  },
}
