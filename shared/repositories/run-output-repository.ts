import {
  type Item,
  itemPagesOf,
  itemsOf,
  pagesOf,
  type Store,
  type Write,
} from '../clients/store.ts'
import type { Positioning, StageName } from '../contracts/agents.ts'
import type { Brief, SlotPath, SlotSource } from '../contracts/brief.ts'
import type { LaunchBrief } from '../contracts/launch.ts'
import type { RunFailure, RunRevision, RunState } from '../contracts/runs.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { endsOfRun } from '../rules/ends.ts'
import { isFinished } from '../rules/run-state.ts'
import { openIndex, ownerIndex } from '../rules/storage-layout.ts'
import { endWrites } from './end-repository.ts'
import { packDense, packJson, unpackJson } from './json-attributes.ts'
import {
  asStages,
  createStageRepository,
  type StageRepository,
  type Stages,
} from './stage-repository.ts'
import { expiry, runKey, runPartition, runRange } from './table-keys.ts'
import {
  asUsage,
  createUsageRepository,
  type RecordedUsage,
  type ServiceSums,
  searchSumsOf,
  type UsageRepository,
} from './usage-repository.ts'

export interface Run {
  run_id: string
  session_id: string
  owner: string
  locale: Locale
  mode: Mode
  brief: Brief
  /** Whose statement each value of the brief is; unknown for runs of before the copy filter. */
  brief_sources?: Partial<Record<SlotPath, SlotSource>>
  state: RunState
  /** The stage at work, or the one that failed. */
  stage: StageName
  /** A later stage that was committed before the run came to it. */
  early?: StageName
  /** 1, and one more with each resume. */
  attempt: number
  /** The job that follows it. */
  job_id?: string
  /** The older API's brief, when it came through that. */
  launch?: LaunchBrief
  /** The run that it revises, and how; both undefined of one that began anew. */
  parent_run_id?: string
  revision?: RunRevision
  /** The request that started it, or resumed it last. */
  request_id?: string
  /** Where that request's trace goes on, as X-Ray's header, when it is recorded. */
  trace?: string
  error?: RunFailure
  created_at: string
  updated_at: string
  completed_at?: string
}

export interface RunWithStages {
  run: Run
  stages: Stages
  /** Of a strategy whose plan is still being written: what a worker begins the stage behind it with. */
  positioning?: Positioning
  usage: RecordedUsage[]
  searches: ServiceSums
}

export interface RunListOptions {
  limit: number
  /** The run behind which the list goes on. */
  after?: string
  sessionId?: string
}

export interface RunList {
  runs: Run[]
  /** The run behind which the list goes on, null at its end. */
  next: string | null
}

export interface RunChange {
  state: RunState
  stage: StageName
  error?: RunFailure
  /** Another attempt resumes the run. */
  attempt?: number
  request_id?: string | undefined
  trace?: string | undefined
  /** Only while this stage, or none (null), is the one that was committed early. */
  ifEarly?: StageName | null
}

export interface RunOutputRepository extends StageRepository, UsageRepository {
  get(runId: string): Promise<RunWithStages | undefined>
  /** The run without its stages: one small item, however much the agents have written. */
  find(runId: string): Promise<Run | undefined>
  create(run: Run): Write
  /** Runs of an owner, newest first. */
  list(owner: string, options: RunListOptions): Promise<RunList>
  /** All runs of an owner, newest first. */
  listAll(owner: string): Promise<Run[]>
  /** Runs not finished whose attempt began before `before` (epoch milliseconds), oldest first, ten at a time. */
  listOpen(before: number): AsyncIterable<string[]>
  /**
   * Moves a run on, on condition that it is where `run` says: same state, stage and attempt. When that ends it,
   * the end is left to be announced.
   */
  advance(run: Run, change: RunChange): Write[]
  /** Notes a later stage as committed, on condition that the run still is where `run` says. */
  commitEarly(run: Run, stage: StageName): Write
}

/** Runs read with one request while those of one session are picked out. */
const filteredPage = 100

/** Runs that a sweep looks after at once. */
const openPage = 10

const openRuns = 'RUN'

/** What a run was given and keeps: one document, so that its item stays small, which each stage writes anew. */
type Given = Pick<Run, 'brief' | 'brief_sources' | 'launch' | 'revision'>

const asRun = (item: Item): Run => {
  const { PK, SK, ttl, OWNER, OWNER_SK, OPEN, OPEN_SK, given, ...run } = unpackJson(item, [
    'given',
    'error',
  ])
  const named = { run_id: PK.slice(runPartition('').length), owner: OWNER }
  return { ...run, ...named, ...(given as Given) } as unknown as Run
}

/** A run's attributes beside its keys, which tell id and owner. */
const runAttributes = ({ run_id: _, owner: __, ...run }: Run) => {
  const { brief, brief_sources, launch, revision, ...rest } = run
  const given: Given = {
    brief,
    ...(brief_sources && { brief_sources }),
    ...(launch && { launch }),
    ...(revision && { revision }),
  }
  return { ...packJson(rest), ...packDense({ given }) }
}

const ownerAttributes = (owner: string, runId: string) => ({
  [ownerIndex.partition]: owner,
  [ownerIndex.sort]: `RUN#${runId}`,
})

const openAttributes = (runId: string, at: string) => ({
  [openIndex.partition]: openRuns,
  [openIndex.sort]: `${at}#${runId}`,
})

const ownerRange = (owner: string) => ({
  pk: owner,
  from: 'RUN#',
  to: 'RUN#\uffff',
  newestFirst: true,
  index: ownerIndex,
})

const get = async (store: Store, runId: string): Promise<RunWithStages | undefined> => {
  // Four outputs may be more than the megabyte of one page.
  const [run, ...rest] = await itemsOf(store, runRange(runId))
  return run?.SK === 'RUN'
    ? {
        run: asRun(run),
        stages: asStages(rest),
        usage: asUsage(rest),
        searches: searchSumsOf(rest),
      }
    : undefined
}

const create = (clock: Clock, run: Run): Write => ({
  put: {
    ...runKey(run.run_id),
    ...runAttributes(run),
    ...ownerAttributes(run.owner, run.run_id),
    ...openAttributes(run.run_id, run.updated_at),
    ttl: expiry(clock.now(), 'run'),
  },
  condition: { expression: 'attribute_not_exists(#PK)' },
})

const list = async (
  store: Store,
  owner: string,
  { limit, after, sessionId }: RunListOptions,
): Promise<RunList> => {
  const start = after ? { after: { ...runKey(after), ...ownerAttributes(owner, after) } } : {}
  // An item may have gone that the index still names: a page can have fewer than it was asked for.
  const paging = { pageSize: sessionId ? filteredPage : limit }
  const runs: Run[] = []
  const range = { ...ownerRange(owner), ...start }
  for await (const { items, next } of itemPagesOf(store, range, paging)) {
    runs.push(...items.map(asRun).filter((run) => !sessionId || run.session_id === sessionId))
    const hasMore = next !== undefined || runs.length > limit
    if (hasMore && runs.length >= limit) {
      const page = runs.slice(0, limit)
      return { runs: page, next: page.at(-1)?.run_id ?? null }
    }
  }
  return { runs, next: null }
}

async function* listOpen(store: Store, before: number): AsyncGenerator<string[]> {
  const range = { pk: openRuns, from: '0', to: isoTime(before), index: openIndex }
  for await (const { items } of pagesOf(store, range, { pageSize: openPage })) {
    yield items.map(({ PK }) => PK.slice('RUN#'.length))
  }
}

/** That a run is where it was read. */
const unmoved = (run: Run, ifEarly?: StageName | null) => ({
  expression: [
    '#state = :from AND #attempt = :attempt AND #stage = :stage',
    ...(ifEarly === null ? ['attribute_not_exists(#early)'] : []),
    ...(ifEarly ? ['#early = :early'] : []),
  ].join(' AND '),
  values: {
    ':from': run.state,
    ':attempt': run.attempt,
    ':stage': run.stage,
    ...(ifEarly ? { ':early': ifEarly } : {}),
  },
})

const commitEarly = (clock: Clock, run: Run, stage: StageName): Write => ({
  update: runKey(run.run_id),
  set: { early: stage, updated_at: isoTime(clock.now()) },
  condition: unmoved(run),
})

const advance = (
  clock: Clock,
  run: Run,
  { state, stage, error, attempt = run.attempt, request_id, trace, ifEarly }: RunChange,
): Write[] => {
  const at = isoTime(clock.now())
  const finished = isFinished(state)
  const moved: Write = {
    update: runKey(run.run_id),
    set: {
      state,
      stage,
      attempt,
      updated_at: at,
      ttl: expiry(clock.now(), 'run'),
      ...(request_id === undefined ? {} : { request_id }),
      ...(trace === undefined ? {} : { trace }),
      ...(error ? packJson({ error }) : {}),
      ...(finished && { completed_at: at }),
      // An entry of the index that moved with each stage would cost four units each time.
      ...(attempt !== run.attempt && openAttributes(run.run_id, at)),
    },
    clear: [
      ...(finished ? [openIndex.partition, openIndex.sort] : ['completed_at']),
      ...(error ? [] : ['error']),
      // An attempt that is not traced does not go on with the trace of the one before.
      ...(attempt !== run.attempt && trace === undefined ? ['trace'] : []),
    ],
    condition: unmoved(run, ifEarly),
  }
  return [moved, ...endWrites(clock, endsOfRun(run, { state, stage, ...(error && { error }) }, at))]
}

export const createRunOutputRepository = (store: Store, clock: Clock): RunOutputRepository => ({
  ...createStageRepository(store, clock),
  ...createUsageRepository(store),
  get: (runId) => get(store, runId),
  async find(runId) {
    const item = await store.get(runKey(runId))
    return item && asRun(item)
  },
  create: (run) => create(clock, run),
  list: (owner, options) => list(store, owner, options),
  async listAll(owner) {
    const runs: Run[] = []
    for await (const { items } of itemPagesOf(store, ownerRange(owner))) {
      runs.push(...items.map(asRun))
    }
    return runs
  },
  listOpen: (before) => listOpen(store, before),
  advance: (run, change) => advance(clock, run, change),
  commitEarly: (run, stage) => commitEarly(clock, run, stage),
})
