import type { Item, Store, Write } from '../clients/store.ts'
import type { StageName } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { LaunchBrief } from '../contracts/launch.ts'
import type { RunFailure, RunState } from '../contracts/runs.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex, ownerIndex } from '../rules/storage-layout.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import {
  asStages,
  createStageRepository,
  type StageRepository,
  type Stages,
} from './stage-repository.ts'
import { expiry, runKey, runRange } from './table-keys.ts'

export interface Run {
  run_id: string
  session_id: string
  owner: string
  locale: Locale
  mode: Mode
  brief: Brief
  state: RunState
  /** The stage at work, or the one that failed. */
  stage: StageName
  /** 1, and one more with each resume. */
  attempt: number
  /** The job that follows it. */
  job_id?: string
  /** The older API's brief, when it came through that. */
  launch?: LaunchBrief
  error?: RunFailure
  created_at: string
  updated_at: string
  completed_at?: string
}

export interface RunWithStages {
  run: Run
  stages: Stages
}

export interface RunOutputRepository extends StageRepository {
  get(runId: string): Promise<RunWithStages | undefined>
  create(run: Run): Write
  list(
    owner: string,
    options: { limit: number; after?: string; sessionId?: string },
  ): Promise<{ runs: Run[]; next: string | null }>
  /** All runs of an owner, newest first. */
  listAll(owner: string): Promise<Run[]>
  /** Runs not finished whose last change is before `before` (epoch milliseconds), oldest first, ten at a time. */
  listOpen(before: number): AsyncIterable<string[]>
  /**
   * Moves a run on, on condition that it is where `run` says: same state, stage and attempt. A
   * change of attempt resumes it.
   */
  advance(
    run: Run,
    change: { state: RunState; stage: StageName; error?: RunFailure; attempt?: number },
  ): Write
}

const terminal: readonly RunState[] = ['DONE', 'FAILED', 'CANCELLED']
export const isFinished = (state: RunState): boolean => terminal.includes(state)

const asRun = (item: Item): Run => {
  const { PK, SK, ttl, OWNER, OWNER_SK, OPEN, OPEN_SK, ...run } = unpackJson(item, [
    'brief',
    'launch',
    'error',
  ])
  return run as unknown as Run
}

const ownedRuns = (owner: string) => ({
  pk: owner,
  from: 'RUN#',
  to: 'RUN#\uffff',
  newestFirst: true,
  index: ownerIndex,
})

export const createRunOutputRepository = (store: Store, clock: Clock): RunOutputRepository => {
  const open = (runId: string, at: string) => ({
    [openIndex.partition]: 'RUN',
    [openIndex.sort]: `${at}#${runId}`,
  })
  return {
    async get(runId) {
      const { items } = await store.query(runRange(runId))
      const [run, ...stages] = items
      return run?.SK === 'RUN' ? { run: asRun(run), stages: asStages(stages) } : undefined
    },
    create: (run) => ({
      put: {
        ...runKey(run.run_id),
        ...packJson(run),
        [ownerIndex.partition]: run.owner,
        [ownerIndex.sort]: `RUN#${run.run_id}`,
        ...open(run.run_id, run.updated_at),
        ttl: expiry(clock.now()),
      },
      condition: { expression: 'attribute_not_exists(#PK)' },
    }),
    async list(owner, { limit, after, sessionId }) {
      const runs: Run[] = []
      let from: Record<string, unknown> | undefined = after
        ? { ...runKey(after), OWNER: owner, OWNER_SK: `RUN#${after}` }
        : undefined
      for (;;) {
        const page = await store.query({
          ...ownedRuns(owner),
          limit: sessionId ? 100 : limit - runs.length,
          ...(from ? { after: from } : {}),
        })
        const found = page.items.map(asRun)
        runs.push(...found.filter((run) => !sessionId || run.session_id === sessionId))
        const kept = runs.slice(0, limit)
        const more = page.next !== undefined || runs.length > limit
        if (!more) return { runs: kept, next: null }
        if (kept.length === limit) return { runs: kept, next: kept.at(-1)?.run_id ?? null }
        from = page.next
      }
    },
    async listAll(owner) {
      const all: Run[] = []
      let from: Record<string, unknown> | undefined
      do {
        const page = await store.query({ ...ownedRuns(owner), ...(from ? { after: from } : {}) })
        all.push(...page.items.map(asRun))
        from = page.next
      } while (from)
      return all
    },
    async *listOpen(before) {
      let from: Record<string, unknown> | undefined
      do {
        const page = await store.query({
          pk: 'RUN',
          from: '0',
          to: isoTime(before),
          limit: 10,
          index: openIndex,
          ...(from ? { after: from } : {}),
        })
        yield page.items.map(({ PK }) => PK.slice('RUN#'.length))
        from = page.next
      } while (from)
    },
    ...createStageRepository(store, clock),
    advance: (run, { state, stage, error, attempt = run.attempt }) => {
      const at = isoTime(clock.now())
      const finished = isFinished(state)
      return {
        update: runKey(run.run_id),
        set: {
          state,
          stage,
          attempt,
          updated_at: at,
          ttl: expiry(clock.now()),
          ...(error ? packJson({ error }) : {}),
          ...(finished ? { completed_at: at } : open(run.run_id, at)),
        },
        clear: [
          ...(finished ? [openIndex.partition, openIndex.sort] : ['completed_at']),
          ...(error ? [] : ['error']),
        ],
        condition: {
          expression: '#state = :from AND #attempt = :attempt AND #stage = :stage',
          values: { ':from': run.state, ':attempt': run.attempt, ':stage': run.stage },
        },
      }
    },
  }
}
