import { Failure, WrongUsage } from './failure.ts'
import type { Repositories } from './repositories.ts'

/** Ids and whom they belong to. */

/** The one thing that a command is about. @throws WrongUsage */
export const onlyOne = (positionals: readonly string[], what: string): string => {
  const [one, ...rest] = positionals
  if (one === undefined) throw new WrongUsage(`Name ${what}.`)
  if (rest.length > 0)
    throw new WrongUsage(`Name one thing at a time, not ${positionals.join(', ')}.`)
  return one
}

/** The owner of a session, also of one whose erasure has begun. @throws Failure */
export const ownerOfSession = async (
  { sessions }: Pick<Repositories, 'sessions'>,
  sessionId: string,
): Promise<string> => {
  const owner = (await sessions.get(sessionId))?.owner ?? (await sessions.erasing(sessionId))
  if (owner === undefined) throw new Failure(`There is no session ${sessionId}.`)
  return owner
}

/** The principal that is meant: itself, or the owner of a session, a run or a job. @throws Failure */
export const principalOf = async (
  all: Pick<Repositories, 'sessions' | 'runs' | 'jobs'>,
  id: string,
): Promise<string> => {
  if (id.startsWith('sess_')) return ownerOfSession(all, id)
  const isOfOne = id.startsWith('run_') || id.startsWith('job_')
  const found = id.startsWith('run_') ? await all.runs.find(id) : await all.jobs.get(id)
  if (isOfOne && !found) throw new Failure(`There is no ${id}.`)
  return found?.owner ?? id
}
