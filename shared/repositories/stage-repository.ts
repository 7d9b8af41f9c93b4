import type { Item, Store, Update, Write } from '../clients/store.ts'
import type { StageName, StageOutputs } from '../contracts/agents.ts'
import type { CopyRejection, CopyReport } from '../contracts/copy-safety.ts'
import type { Authored, Provenance } from '../contracts/provenance.ts'
import type { PartialElement, TakenSearch } from '../contracts/runs.ts'
import { assertAuthored } from '../platform/authored.ts'
import type { Clock } from '../platform/clock.ts'
import {
  type StoredCopySafety,
  storedCopySafety,
  storedRejections,
} from './copy-safety-attributes.ts'
import {
  partAttributes,
  type StoredParts,
  storedPartsOf,
  wholeOfParts,
} from './creative-part-attributes.ts'
import type { ShapedFindings } from './early-findings.ts'
import { packDense, packJson, unpackJson } from './json-attributes.ts'
import {
  createStageClaims,
  type StageClaim,
  type StageClaims,
  type StageTable,
} from './stage-claims.ts'
import { type CallCounter, type CountedCall, callCounter, countersOf } from './stage-counters.ts'
import { besideParts, createStageParts, type StageParts } from './stage-parts.ts'
import { expiry, stageKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'
import { isUseAttribute, type StageUse, useAttributes } from './usage-repository.ts'

export type { StageClaim }

export interface Stage<S extends StageName = StageName> {
  stage: S
  status: 'working' | 'committed'
  attempt: number
  generation: number
  lease_id: string
  lease_until: number
  token?: string
  /** The stage was begun ahead of its message, which has not brought the task token yet. */
  awaits_token?: true
  /** The token that the message of a stage begun ahead has brought, for its holder. */
  task_token?: string
  output?: StageOutputs[S]
  /** Elements that had streamed when the stage failed; never an output. */
  partial?: PartialElement[]
  provenance?: Provenance
  dropped_evidence?: number
  copy_safety?: StoredCopySafety
  /** Texts that the copy filter blocked, of an output or of an attempt that failed for them. */
  copy_rejected?: CopyRejection[]
  /** Of research: the search that was made before the run, as usage tells of it. */
  early_research?: Omit<TakenSearch, 'shaped_at'> & Partial<Pick<TakenSearch, 'shaped_at'>>
  /** Of research: what was searched is kept for a worker that takes the stage over. */
  search_kept?: true
  /** Of creative: parts that are done, whether or not the others are. */
  parts?: StoredParts
  /** Model calls of an attempt, or of one part in it, counted before each was made. */
  [counter: CallCounter]: number
}

export type Stages = { [S in StageName]?: Stage<S> }

/** What is known of an output and stands in none of its fields. */
export interface StageFacts {
  droppedEvidence?: number
  /** How its texts were judged; undefined for a stage without such texts. */
  copy?: CopyReport
}

export interface StageRepository extends StageClaims, StageParts {
  /** The stage's output, on condition that `leaseId` still holds the stage. */
  commitStage<S extends StageName>(
    runId: string,
    stage: S,
    leaseId: string,
    output: Authored<StageOutputs[S]>,
    told: StageFacts,
  ): Update
  /** Findings that were shaped before the run as the output of its research, on the same condition. */
  commitFindings(runId: string, leaseId: string, findings: ShapedFindings): Update
  /**
   * Notes which search research took that was made before the run, and its calls, for the worker that holds the
   * stage; with what it used, when that counts in this run.
   */
  noteEarlyResearch(
    runId: string,
    leaseId: string,
    taken: TakenSearch,
    used?: readonly StageUse[],
  ): Write
  /** Another run's finished stage as this run's own, on condition that it has none. */
  takeOver(runId: string, stage: Stage): Write
  /**
   * Keeps what a failed stage had streamed in this attempt. False when it was committed, or another
   * attempt has begun.
   */
  keepPartial(
    runId: string,
    stage: StageName,
    attempt: number,
    elements: PartialElement[],
    rejected?: readonly CopyRejection[],
  ): Promise<boolean>
}

/** What its agent wrote, and what an attempt that failed has left: one document each. */
const documents = { written: 'written', failed: 'failed' } as const
type Written = Pick<Stage, 'output' | 'provenance' | 'copy_safety' | 'copy_rejected'>
type Failed = Pick<Stage, 'partial' | 'copy_rejected'>

const writtenAttribute = (written: Written) => packDense({ [documents.written]: written })

/** A stage without the attributes of its parts; when it is committed, they are its output. */
const asStage = (item: Item): Omit<Item, 'PK' | 'SK'> => {
  const { PK, SK, ttl, counted, written, failed, ...rest } = unpackJson(item, [
    ...Object.values(documents),
    'early_research',
    ...partAttributes,
  ])
  const stage: Omit<Item, 'PK' | 'SK'> = { ...rest, ...(written as Written), ...(failed as Failed) }
  for (const name of Object.keys(rest)) if (isUseAttribute(name)) delete stage[name]
  const parts = storedPartsOf(stage)
  if (Object.keys(parts).length === 0) return stage
  for (const name of partAttributes) delete stage[name]
  return { ...stage, parts, ...(stage.status === 'committed' && wholeOfParts(parts)) }
}

export const asStages = (items: Item[]): Stages =>
  Object.fromEntries(
    items.flatMap((item) => {
      if (!item.SK.startsWith('STAGE#')) return []
      return [[item.SK.slice('STAGE#'.length), asStage(item)]]
    }),
  )

const commitWritten = (
  { clock }: StageTable,
  runId: string,
  stage: StageName,
  leaseId: string,
  written: Written,
  droppedEvidence = 0,
): Update => ({
  update: stageKey(runId, stage),
  set: {
    status: 'committed',
    ...writtenAttribute(written),
    ...(droppedEvidence > 0 && { dropped_evidence: droppedEvidence }),
    ttl: expiry(clock.now(), 'stage'),
  },
  clear: [documents.failed],
  condition: {
    expression: '#lease_id = :lease AND #status = :working',
    values: { ':lease': leaseId, ':working': 'working' },
  },
})

const commitStage = <S extends StageName>(
  table: StageTable,
  runId: string,
  stage: S,
  leaseId: string,
  output: Authored<StageOutputs[S]>,
  { droppedEvidence, copy }: StageFacts,
): Update => {
  const written: Written = {
    output: assertAuthored(output).value,
    provenance: output.provenance,
    ...(copy && {
      copy_safety: storedCopySafety(copy),
      copy_rejected: storedRejections(copy.rejected),
    }),
  }
  return commitWritten(table, runId, stage, leaseId, written, droppedEvidence)
}

/** Its calls stand in the sums of the run that counts them, as those of an attempt before the first. */
const noteEarlyResearch: StageRepository['noteEarlyResearch'] = (
  runId,
  leaseId,
  taken,
  used = [],
) => {
  const { set, add } = useAttributes(used)
  return {
    update: stageKey(runId, 'research'),
    set: {
      ...packJson({ early_research: taken }),
      ...(taken.counted_in === runId && { [callCounter(0)]: taken.calls }),
      ...set,
    },
    add,
    condition: { expression: '#lease_id = :lease', values: { ':lease': leaseId } },
  }
}

/** A stage as its commit leaves it, for a worker that goes on without reading it. */
export const stageAfterCommit = (stage: StageName, commit: Update): Stages =>
  asStages([{ ...stageKey('', stage), stage, ...commit.set }])

/** A commit with what calls of its stage used, and without those that its claim counted and were not made. */
export const withCalls = (
  commit: Update,
  used: readonly StageUse[],
  { attempt, unmade }: { attempt: number; unmade: readonly Pick<CountedCall, 'part'>[] },
): Update => {
  const { set, add: sums } = useAttributes(used)
  const add = { ...commit.add, ...sums, ...countersOf(attempt, unmade, -1) }
  return {
    ...commit,
    set: { ...commit.set, ...set },
    ...(Object.keys(add).length > 0 && { add }),
  }
}

const takeOver = ({ clock }: StageTable, runId: string, stage: Stage): Write => {
  const { output, provenance, dropped_evidence, copy_safety, copy_rejected } = stage
  return {
    put: {
      ...stageKey(runId, stage.stage),
      stage: stage.stage,
      status: 'committed',
      attempt: 0,
      generation: 0,
      ...writtenAttribute({
        ...(output && { output }),
        ...(provenance && { provenance }),
        ...(copy_safety && { copy_safety }),
        ...(copy_rejected && { copy_rejected }),
      }),
      ...(dropped_evidence !== undefined && { dropped_evidence }),
      ttl: expiry(clock.now(), 'stage'),
    },
    condition: { expression: 'attribute_not_exists(#PK)' },
  }
}

const keepPartial = async (
  table: StageTable,
  runId: string,
  stage: StageName,
  attempt: number,
  elements: PartialElement[],
  rejected: readonly CopyRejection[] = [],
): Promise<boolean> => {
  const partial = stage === 'creative' ? await besideParts(table.store, runId, elements) : elements
  if (partial.length === 0 && rejected.length === 0) return true
  const failed: Failed = {
    ...(partial.length > 0 && { partial }),
    ...(rejected.length > 0 && { copy_rejected: storedRejections(rejected) }),
  }
  return tryWrite(table.store, [
    {
      update: stageKey(runId, stage),
      set: packDense({ [documents.failed]: failed }),
      condition: {
        expression: '#status = :working AND #attempt = :attempt',
        values: { ':working': 'working', ':attempt': attempt },
      },
    },
  ])
}

export const createStageRepository = (store: Store, clock: Clock): StageRepository => {
  const table: StageTable = { store, clock }
  return {
    ...createStageClaims(table),
    ...createStageParts(store, clock),
    commitStage: (...rest) => commitStage(table, ...rest),
    commitFindings: (runId, leaseId, { dropped_evidence, ...written }) =>
      commitWritten(table, runId, 'research', leaseId, written, dropped_evidence),
    noteEarlyResearch,
    takeOver: (...rest) => takeOver(table, ...rest),
    keepPartial: (...rest) => keepPartial(table, ...rest),
  }
}
