import { media } from '../functions/media-client.ts'
import type { Job } from '../shared/repositories/job-repository.ts'
import { mediaOf } from '../shared/repositories/media-keys.ts'
import type { Run } from '../shared/repositories/run-output-repository.ts'
import { mapEach } from './at-once.ts'
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

/** A session with the runs and jobs of its owner in it. */
export interface Held {
  session_id: string
  runs: Pick<Run, 'run_id' | 'session_id'>[]
  jobs: Pick<Job, 'run_id' | 'session_id'>[]
}

type Listed = Pick<Repositories, 'sessions' | 'runs' | 'jobs'>

const grouped = (ids: Iterable<string>, { runs, jobs }: Omit<Held, 'session_id'>): Held[] => {
  const held = new Map<string, Held>()
  const of = (session_id: string): Held => {
    const found = held.get(session_id) ?? { session_id, runs: [], jobs: [] }
    held.set(session_id, found)
    return found
  }
  for (const id of ids) of(id)
  for (const run of runs) of(run.session_id).runs.push(run)
  for (const job of jobs) of(job.session_id).jobs.push(job)
  return [...held.values()].sort((one, other) => one.session_id.localeCompare(other.session_id))
}

/** A session that is past its time, or being erased, is known by its runs and jobs alone. */
export const sessionsOf = async (
  { sessions, runs, jobs }: Listed,
  owner: string,
): Promise<Held[]> => {
  const [found, allRuns, allJobs] = await Promise.all([
    sessions.list(owner, { limit: Number.POSITIVE_INFINITY, fits: () => true }),
    runs.listAll(owner),
    jobs.list(owner),
  ])
  const ids = found.sessions.map(({ session_id }) => session_id)
  return grouped(ids, { runs: allRuns, jobs: allJobs })
}

/** One session of an owner. */
export const sessionOf = async (
  { runs, jobs }: Pick<Listed, 'runs' | 'jobs'>,
  owner: string,
  sessionId: string,
): Promise<Held> => {
  const [allRuns, allJobs] = await Promise.all([runs.listAll(owner), jobs.list(owner)])
  const isOurs = ({ session_id }: { session_id: string }): boolean => session_id === sessionId
  return {
    session_id: sessionId,
    runs: allRuns.filter(isOurs),
    jobs: allJobs.filter(isOurs),
  }
}

const countMessages = async (
  { messages }: Pick<Repositories, 'messages'>,
  sessionId: string,
): Promise<number> => {
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

/** One run after another: of how many sessions this is done at once, the caller bounds. */
const countWorks = async (
  { assets, exports }: Pick<Repositories, 'assets' | 'exports'>,
  { runs, jobs }: Held,
): Promise<number> => {
  let count = 0
  for (const runId of new Set([...runs, ...jobs].map(({ run_id }) => run_id))) {
    const works = await Promise.all([assets.list(runId), exports.list(runId)])
    count += works.flat().length
  }
  return count
}

const holdingsOf = async (
  all: Pick<Repositories, 'events' | 'messages' | 'assets' | 'exports'>,
  held: Held,
): Promise<Holdings> => {
  const [events, messages, assets, files] = await Promise.all([
    all.events.lastSeq(held.session_id),
    countMessages(all, held.session_id),
    countWorks(all, held),
    filesOf(held.session_id),
  ])
  return {
    session_id: held.session_id,
    messages,
    events,
    runs: held.runs.length,
    jobs: held.jobs.length,
    assets,
    ...files,
  }
}

/** What some sessions hold, a few of them counted at once. */
export const allHoldings = (
  all: Parameters<typeof holdingsOf>[0],
  sessions: readonly Held[],
): Promise<Holdings[]> => mapEach(sessions, (held) => holdingsOf(all, held))

export const holdingsText = (held: Holdings): string =>
  [
    plural(held.messages, 'message'),
    plural(held.events, 'event'),
    plural(held.runs, 'run'),
    plural(held.jobs, 'job'),
    plural(held.assets, 'asset or export', 'assets and exports'),
    `${plural(held.files, 'file')} (${held.bytes.toLocaleString('en-US')} bytes)`,
  ].join(', ')
