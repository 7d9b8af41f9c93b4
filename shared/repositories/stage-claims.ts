import type { Store, Update, Write } from '../clients/store.ts'
import type { StageName } from '../contracts/agents.ts'
import type { Clock } from '../platform/clock.ts'
import { type CountedCall, countersOf, ifAllowed } from './stage-counters.ts'
import { expiry, stageKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** A worker's claim on a stage. A later retry (generation) supersedes an earlier one. */
export interface StageClaim {
  attempt: number
  /** The state machine's retry count, from 0. */
  generation: number
  leaseId: string
  /** Fingerprint of the task token that the claim works for; undefined of one that has none yet. */
  token: string | undefined
  /** The lease of a holder that is known to work for a closed token. */
  over?: string
  /** Epoch milliseconds after which the holder counts as dead. */
  until: number
  /** Calls that are counted with the claim: those that the agent of a stage begins with, of which nothing is kept. */
  calls?: readonly CountedCall[]
}

/** What the message of a stage brings to a worker that began it ahead. */
export interface HandedTask {
  taskToken: string
  /** Its fingerprint. */
  token: string
  /** The state machine's retry count. */
  generation: number
}

/** Which worker has a stage, and the task token that its work is for. */
export interface StageClaims {
  /**
   * Claims a stage for one worker. False when it is committed, or held by an equal or newer claim; with calls to be
   * counted, also when any worker has had it.
   */
  claim(runId: string, stage: StageName, claim: StageClaim): Promise<boolean>
  /**
   * Claims a stage for a worker that begins it ahead of its message, without a task token. Refused when the
   * stage is committed, or another worker of this attempt may have it.
   */
  claimAhead(runId: string, stage: StageName, claim: StageClaim): Write
  /**
   * `claimAhead` by itself, while the worker holds the stage `by` that it begins this one beside; `keeping` is
   * another write of that stage under its lease, which takes effect with it.
   */
  takeAhead(
    runId: string,
    stage: StageName,
    claim: StageClaim,
    by: { stage: StageName; leaseId: string; keeping?: Update | undefined },
  ): Promise<boolean>
  /** Gives the holder of a stage begun ahead its task token. False when it has ended, or has one. */
  handOver(runId: string, stage: StageName, leaseId: string, task: HandedTask): Promise<boolean>
  /** The task token that was handed to a holder; undefined when there is none, or another has the stage. */
  handedToken(runId: string, stage: StageName, leaseId: string): Promise<string | undefined>
  /** Gives up a claim before its work is done: what takes the stage next need not wait. False when it was lost. */
  giveUp(runId: string, stage: StageName, leaseId: string): Promise<boolean>
  /** Extends a claim. False when it was lost. */
  extend(runId: string, stage: StageName, leaseId: string, until: number): Promise<boolean>
  /** Gives up a claim on a stage that fails, on condition that `leaseId` still holds it. */
  release(runId: string, stage: StageName, leaseId: string): Write
}

export interface StageTable {
  store: Store
  clock: Clock
}

/** What a claim writes beside the calls that it counts; it begins anew what an attempt that failed has left. */
const claimed = (
  { clock }: StageTable,
  runId: string,
  stage: StageName,
  { attempt, generation, leaseId, token, until }: StageClaim,
) => ({
  update: stageKey(runId, stage),
  set: {
    stage,
    status: 'working',
    attempt,
    generation,
    lease_id: leaseId,
    lease_until: until,
    ...(token === undefined ? { awaits_token: true } : { token }),
    ttl: expiry(clock.now(), 'stage'),
  },
  clear: ['failed', 'task_token', token === undefined ? 'token' : 'awaits_token'],
})

/** Whether a worker may claim a stage: calls are counted with the claim of one that is not there alone. */
const mayClaim = ({ clock }: StageTable, { attempt, generation, over, calls = [] }: StageClaim) => {
  if (calls.length > 0) return { expression: 'attribute_not_exists(#PK)' }
  return {
    // A retry takes over from a worker whose token has run out; one that has none yet goes on with the retry's.
    expression:
      'attribute_not_exists(#PK) OR (#status = :working AND (#attempt < :attempt' +
      ' OR (#attempt = :attempt AND (' +
      '(#generation < :generation AND (attribute_not_exists(#awaits_token) OR #lease_until < :now))' +
      ' OR (#generation = :generation AND (#lease_until < :now OR #lease_id = :over))))))',
    values: {
      ':working': 'working',
      ':attempt': attempt,
      ':generation': generation,
      ':now': clock.now(),
      ':over': over ?? '',
    },
  }
}

const claim = (
  table: StageTable,
  runId: string,
  stage: StageName,
  given: StageClaim,
): Promise<boolean> => {
  const { attempt, calls = [] } = given
  const { set, ...rest } = claimed(table, runId, stage, given)
  // Set, not added: what may arrive twice needs no transaction, which would count as two writes.
  const counted = { ...set, ...countersOf(attempt, calls, 1) }
  return tryWrite(table.store, [{ ...rest, set: counted, condition: mayClaim(table, given) }])
}

const claimAhead = (
  table: StageTable,
  runId: string,
  stage: StageName,
  given: StageClaim,
): Write => {
  const { attempt, calls = [] } = given
  const allowed = ifAllowed(attempt, calls)
  const free =
    'attribute_not_exists(#PK) OR (#status = :working AND (#attempt < :attempt' +
    ' OR (#attempt = :attempt AND attribute_exists(#awaits_token) AND #lease_until < :now)))'
  return {
    ...claimed(table, runId, stage, given),
    ...(calls.length > 0 && { add: countersOf(attempt, calls, 1) }),
    condition: {
      expression: calls.length > 0 ? `(${free}) AND ${allowed.expression}` : free,
      values: {
        ...{ ':working': 'working', ':attempt': attempt, ':now': table.clock.now() },
        ...allowed.values,
      },
    },
  }
}

const handOver = (
  { store }: StageTable,
  runId: string,
  stage: StageName,
  leaseId: string,
  { taskToken, token, generation }: HandedTask,
): Promise<boolean> =>
  tryWrite(store, [
    {
      update: stageKey(runId, stage),
      set: { task_token: taskToken, token, generation },
      clear: ['awaits_token'],
      condition: {
        // A holder that gives up looks for a token after that: none may come later.
        expression:
          '#lease_id = :lease AND #status = :working AND attribute_exists(#awaits_token) AND :never < #lease_until',
        values: { ':lease': leaseId, ':working': 'working', ':never': 0 },
      },
    },
  ])

const handedToken = async (
  { store }: StageTable,
  runId: string,
  stage: StageName,
  leaseId: string,
): Promise<string | undefined> => {
  const item = await store.get(stageKey(runId, stage))
  if (item?.lease_id !== leaseId) return undefined
  return typeof item.task_token === 'string' ? item.task_token : undefined
}

const extension = (runId: string, stage: StageName, leaseId: string, until: number): Update => ({
  update: stageKey(runId, stage),
  set: { lease_until: until },
  condition: {
    // A heartbeat that arrives late brings no claim back that was given up.
    expression: '#lease_id = :lease AND :never < #lease_until',
    values: { ':lease': leaseId, ':never': 0 },
  },
})

const release: StageClaims['release'] = (runId, stage, leaseId) => ({
  update: stageKey(runId, stage),
  set: { lease_until: 0 },
  condition: {
    expression: '#status = :working AND #lease_id = :lease',
    values: { ':working': 'working', ':lease': leaseId },
  },
})

export const createStageClaims = (table: StageTable): StageClaims => ({
  claim: (...rest) => claim(table, ...rest),
  claimAhead: (...rest) => claimAhead(table, ...rest),
  takeAhead(runId, stage, claim, { keeping, ...by }) {
    // The run may be erased meanwhile, and nothing of it must come back.
    const held = extension(runId, by.stage, by.leaseId, claim.until)
    return tryWrite(table.store, [
      claimAhead(table, runId, stage, claim),
      keeping ? { ...keeping, set: { ...keeping.set, ...held.set } } : held,
    ])
  },
  handOver: (...rest) => handOver(table, ...rest),
  handedToken: (...rest) => handedToken(table, ...rest),
  giveUp: (...rest) => tryWrite(table.store, [release(...rest)]),
  extend: (...rest) => tryWrite(table.store, [extension(...rest)]),
  release,
})
