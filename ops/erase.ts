import type { Command } from './command.ts'
import { Failure, WrongUsage } from './failure.ts'
import { type Holdings, holdingsOf, holdingsText, sessionsOf } from './holdings.ts'
import { onlyOne, ownerOfSession } from './named.ts'
import { repositories } from './repositories.ts'
import { paragraph, plural } from './terminal.ts'

/** What the product keeps on purpose, see docs/privacy.md. */
const kept =
  'Kept, as docs/privacy.md says: lines with ids (30 days), what the principal spent by day (40 days), and what point-in-time recovery holds (35 days).'

const listed = (all: readonly Holdings[]): string =>
  all.map((held) => paragraph(`${held.session_id}: ${holdingsText(held)}`)).join('\n')

const eraseAll = async (owner: string, held: readonly Holdings[]): Promise<Holdings[]> => {
  const { erasureService } = await import('../functions/composition.ts')
  const erasure = erasureService()
  const erased: Holdings[] = []
  try {
    for (const one of held) {
      await erasure.eraseSession(one.session_id, owner)
      erased.push(one)
    }
  } catch (cause) {
    const next = held[erased.length]?.session_id
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Failure(
      `${erased.length} of ${plural(held.length, 'session')} erased. ${next} failed (${reason}); the same command again goes on there.`,
      { cause },
    )
  }
  return erased
}

export const erase: Command = {
  summary: 'Erases a session, or all sessions of a principal, and says what was removed.',
  takes: 'SESSION|PRINCIPAL [--yes]',
  options: { yes: { type: 'boolean' } },
  help: `Messages, log, brief, runs, jobs, assets and files: the erasure of DELETE /api/chat/session/{session_id}. It cannot
be undone. Shows what is there and asks for the id again; --yes answers that. One that failed goes on when it
is called again.

  npm run ops -- erase sess_01kb2…
  npm run ops -- erase user_01kb2… --yes`,
  async run({ positionals, flag, answer, remark, ask }) {
    const id = onlyOne(positionals, 'a session or a principal')
    if (/^(run|job|asset|export)_/.test(id)) {
      throw new WrongUsage(`${id} is neither a session nor a principal.`)
    }
    const all = repositories()
    const isSession = id.startsWith('sess_')
    const owner = isSession ? await ownerOfSession(all, id) : id
    const sessionIds = isSession ? [id] : await sessionsOf(all, owner)
    if (sessionIds.length === 0) throw new Failure(`The principal ${id} has no sessions.`)
    const held = await Promise.all(sessionIds.map((each) => holdingsOf(all, owner, each)))
    if (!flag('yes')) {
      remark(`To be erased for good:\n${listed(held)}`)
      const said = await ask(`Type ${id} to erase ${plural(held.length, 'session')}: `)
      if (said === undefined) {
        throw new WrongUsage('There is no terminal to ask on: --yes erases without asking.')
      }
      if (said !== id) throw new Failure('Nothing was erased.')
    }
    const erased = await eraseAll(owner, held)
    answer(
      { principal: owner, erased },
      `Erased ${plural(erased.length, 'session')} of ${owner}:\n${listed(erased)}\n${kept}`,
    )
    return 0
  },
}
