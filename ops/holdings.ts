import { media } from '../functions/clients.ts'
import { mediaOf } from '../shared/repositories/media-keys.ts'
import type { Repositories } from './repositories.ts'
import { plural } from './terminal.ts'

/** What a session holds, in numbers. */
export interface Holdings {
  session_id: string
  messages: number
  events: number
  runs: number
  jobs: number
  /** Exports among them. */
  assets: number
  files: number
  bytes: number
}

/** A session that is being erased is known by its runs and jobs alone. */
export const sessionsOf = async (
  { sessions, runs, jobs }: Repositories,
  owner: string,
): Promise<string[]> => {
  const [found, allRuns, allJobs] = await Promise.all([
    sessions.list(owner, { limit: Number.POSITIVE_INFINITY, fits: () => true }),
    runs.listAll(owner),
    jobs.list(owner),
  ])
  const all = [...found.sessions, ...allRuns, ...allJobs].map(({ session_id }) => session_id)
  return [...new Set(all)].sort()
}

const countMessages = async ({ messages }: Repositories, sessionId: string): Promise<number> => {
  let count = 0
  for await (const page of messages.listAll(sessionId)) count += page.length
  return count
}

const filesOf = async (sessionId: string): Promise<{ files: number; bytes: number }> => {
  const store = await media()
  let files = 0
  let bytes = 0
  for (const prefix of mediaOf(sessionId)) {
    for await (const entries of store.list(prefix)) {
      files += entries.length
      bytes += entries.reduce((sum, entry) => sum + entry.bytes, 0)
    }
  }
  return { files, bytes }
}

export const holdingsOf = async (
  all: Repositories,
  owner: string,
  sessionId: string,
): Promise<Holdings> => {
  const isOurs = ({ session_id }: { session_id: string }): boolean => session_id === sessionId
  const [runs, jobs, events, messages, files] = await Promise.all([
    all.runs.listAll(owner),
    all.jobs.list(owner),
    all.events.lastSeq(sessionId),
    countMessages(all, sessionId),
    filesOf(sessionId),
  ])
  const ours = runs.filter(isOurs)
  const works = await Promise.all(
    ours.flatMap(({ run_id }) => [all.assets.list(run_id), all.exports.list(run_id)]),
  )
  return {
    session_id: sessionId,
    messages,
    events,
    runs: ours.length,
    jobs: jobs.filter(isOurs).length,
    assets: works.flat().length,
    ...files,
  }
}

export const holdingsText = (held: Holdings): string =>
  [
    plural(held.messages, 'message'),
    plural(held.events, 'event'),
    plural(held.runs, 'run'),
    plural(held.jobs, 'job'),
    plural(held.assets, 'asset or export', 'assets and exports'),
    `${plural(held.files, 'file')} (${held.bytes.toLocaleString('en-US')} bytes)`,
  ].join(', ')
