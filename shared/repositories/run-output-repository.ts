import { ConditionFailed, type Item, type Store, type Write } from '../clients/store.ts'
import type { StageName, StageOutputs } from '../contracts/agents.ts'
import type { Brief } from '../contracts/brief.ts'
import type { LaunchBrief } from '../contracts/launch.ts'
import type { Authored, Provenance } from '../contracts/provenance.ts'
import type { PartialElement, RunFailure, RunState } from '../contracts/runs.ts'
import type { Locale, Mode } from '../contracts/session.ts'
import { assertAuthored } from '../platform/authored.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { expiry, openIndex, ownerIndex, runKey, runRange, stageKey } from './table-keys.ts'

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

/** Who works on a stage. A later retry (generation) supersedes an earlier one. */
export interface StageClaim {
  attempt: number
  /** The state machine's retry count, from 0. */
  generation: number
  leaseId: string
  /** Fingerprint of the task token that the claim works for. */
  token: string
  /** A holder's lease that is known to work for a closed token. */
  over?: string
  /** Epoch milliseconds after which the holder counts as dead. */
  until: number
}

export interface Stage<S extends StageName = StageName> {
  stage: S
  status: 'working' | 'committed'
  attempt: number
  generation: number
  lease_id: string
  lease_until: number
  token: string
  output?: StageOutputs[S]
  /** Elements that had streamed when the stage failed; never an output. */
  partial?: PartialElement[]
  provenance?: Provenance
  dropped_evidence?: number
}

export type Stages = { [S in StageName]?: Stage<S> }

export interface RunWithStages {
  run: Run
  stages: Stages
}

export interface RunOutputRepository {
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
  /** Claims a stage for one worker. False when it is committed, or held by an equal or newer claim. */
  claim(runId: string, stage: StageName, claim: StageClaim): Promise<boolean>
  /** Keeps a claim alive. False when it was lost. */
  extend(runId: string, stage: StageName, leaseId: string, until: number): Promise<boolean>
  /** Counts a model call of the claim's attempt before it is made. False when the claim was lost or `most` are used. */
  countCall(runId: string, stage: StageName, claim: StageClaim, most: number): Promise<boolean>
  /** The stage's output, on condition that `leaseId` still holds the stage. */
  commitStage<S extends StageName>(
    runId: string,
    stage: S,
    leaseId: string,
    output: Authored<StageOutputs[S]>,
    droppedEvidence: number,
  ): Write
  /** Keeps what a failing stage had streamed, on condition that `leaseId` still holds it. */
  keepPartial(runId: string, stage: StageName, leaseId: string, elements: PartialElement[]): Write
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

const asStages = (items: Item[]): Stages =>
  Object.fromEntries(
    items.map((item) => {
      const { PK, SK, ttl, ...stage } = unpackJson(item, ['output', 'provenance', 'partial'])
      return [SK.slice('STAGE#'.length), stage]
    }),
  )

const ownedRuns = (owner: string) => ({
  pk: owner,
  from: 'RUN#',
  to: 'RUN#\uffff',
  newestFirst: true,
  index: ownerIndex,
})

export const createRunOutputRepository = (store: Store, clock: Clock): RunOutputRepository => {
  /** True when the write went through, false when its condition did not hold. */
  const won = async (write: Write): Promise<boolean> => {
    try {
      await store.write([write])
      return true
    } catch (error) {
      if (error instanceof ConditionFailed) return false
      throw error
    }
  }
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
    claim: (runId, stage, { attempt, generation, leaseId, token, over, until }) =>
      won({
        update: stageKey(runId, stage),
        set: {
          stage,
          status: 'working',
          attempt,
          generation,
          lease_id: leaseId,
          lease_until: until,
          token,
          ttl: expiry(clock.now()),
        },
        condition: {
          expression:
            'attribute_not_exists(#PK) OR (#status = :working AND (#attempt < :attempt' +
            ' OR (#attempt = :attempt AND (#generation < :generation' +
            ' OR (#generation = :generation AND (#lease_until < :now OR #lease_id = :over))))))',
          values: {
            ':working': 'working',
            ':attempt': attempt,
            ':generation': generation,
            ':now': clock.now(),
            ':over': over ?? '',
          },
        },
      }),
    extend: (runId, stage, leaseId, until) =>
      won({
        update: stageKey(runId, stage),
        set: { lease_until: until },
        condition: { expression: '#lease_id = :lease', values: { ':lease': leaseId } },
      }),
    countCall: (runId, stage, { attempt, leaseId }, most) => {
      const counter = `calls_${attempt}`
      return won({
        update: stageKey(runId, stage),
        count: counter,
        condition: {
          expression: `#lease_id = :lease AND (attribute_not_exists(#${counter}) OR #${counter} < :most)`,
          values: { ':lease': leaseId, ':most': most },
        },
      })
    },
    commitStage: (runId, stage, leaseId, output, droppedEvidence) => ({
      update: stageKey(runId, stage),
      set: {
        status: 'committed',
        ...packJson({ output: assertAuthored(output).value, provenance: output.provenance }),
        dropped_evidence: droppedEvidence,
        committed_at: isoTime(clock.now()),
        ttl: expiry(clock.now()),
      },
      clear: ['partial'],
      condition: {
        expression: '#lease_id = :lease AND #status = :working',
        values: { ':lease': leaseId, ':working': 'working' },
      },
    }),
    keepPartial: (runId, stage, leaseId, elements) => ({
      update: stageKey(runId, stage),
      set: { partial: JSON.stringify(elements) },
      condition: {
        expression: '#lease_id = :lease AND #status = :working',
        values: { ':lease': leaseId, ':working': 'working' },
      },
    }),
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
