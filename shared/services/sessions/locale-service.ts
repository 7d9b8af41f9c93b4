import type { Locale } from '../../contracts/session.ts'
import type { JobRepository } from '../../repositories/job-repository.ts'
import type { RunOutputRepository } from '../../repositories/run-output-repository.ts'
import type { SessionRepository } from '../../repositories/session-repository.ts'

import { accessOf } from '../../rules/ownership.ts'
import { withReaders } from './shared-access.ts'

export interface LocaleDependencies {
  sessions: Pick<SessionRepository, 'get'>
  runs: Pick<RunOutputRepository, 'get'>
  jobs: Pick<JobRepository, 'get'>
}

/**
 * The language of the session, run, launch or job that a path's parameters name. Undefined for one
 * that belongs to another principal, as for one that does not exist: the language of an answer must
 * not show that there is something.
 */
export const createLocaleService =
  ({ sessions, runs, jobs }: LocaleDependencies) =>
  async (
    principal: string,
    params: Record<string, string | undefined>,
  ): Promise<Locale | undefined> => {
    const { session_id, job_id, run_id = params.request_id } = params
    if (session_id !== undefined) {
      const session = await sessions.get(session_id)
      return session && accessOf(session, principal) ? session.locale : undefined
    }
    const runId = job_id === undefined ? run_id : (await jobs.get(job_id))?.run_id
    const run = runId === undefined ? undefined : (await runs.get(runId))?.run
    const shared = run && (await withReaders(sessions, run, principal))
    return shared && accessOf(shared, principal) ? shared.locale : undefined
  }
