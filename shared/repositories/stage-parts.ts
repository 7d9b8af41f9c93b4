import type { Store, Update } from '../clients/store.ts'
import type { StageName } from '../contracts/agents.ts'
import { creativePartNames } from '../contracts/creative-parts.ts'
import type { PartialElement } from '../contracts/runs.ts'
import type { Clock } from '../platform/clock.ts'
import { newId } from '../platform/ids.ts'
import { log } from '../platform/telemetry.ts'
import {
  attributesOfParts,
  elementsOfParts,
  partAttribute,
  partAttributes,
  storedPartsOf,
  type WrittenParts,
} from './creative-part-attributes.ts'
import { packDense, unpackJson } from './json-attributes.ts'
import type { StageClaim } from './stage-claims.ts'
import { type CountedCall, countersOf, ifAllowed } from './stage-counters.ts'
import { expiry, stageKey } from './table-keys.ts'
import { type StageUse, useAttributes } from './usage-repository.ts'

type ClaimOfCalls = Pick<StageClaim, 'attempt' | 'leaseId'>

/** What of a stage is counted and stored for each of its answers. */
export interface StageParts {
  /**
   * Counts model calls of the claim's attempt before they are made, on condition that the claim holds and each
   * has fewer than its `maxCalls` before it; false when they may not be made. No two of them are of the same part.
   * @param used what earlier calls used, to be added with it
   */
  countCalls(
    runId: string,
    stage: StageName,
    claim: ClaimOfCalls,
    calls: readonly CountedCall[],
    used?: readonly StageUse[],
  ): Promise<boolean>
  /** Takes back calls that were counted and are not made. */
  uncountCalls(
    runId: string,
    stage: StageName,
    claim: ClaimOfCalls,
    calls: readonly CountedCall[],
  ): Promise<void>
  /** Parts of the creatives that are done before the others, on condition that `leaseId` still holds the stage. */
  partsKept(runId: string, attempt: number, leaseId: string, parts: WrittenParts): Update
  /** `partsKept` by itself. @throws ConditionFailed when the claim is lost */
  keepParts(runId: string, attempt: number, leaseId: string, parts: WrittenParts): Promise<void>
  /** The last parts, and with them the stage, on condition that all others are kept and `leaseId` still holds it. */
  commitParts(runId: string, attempt: number, leaseId: string, parts: WrittenParts): Update
}

/** By a single update, which a transaction would double; one that arrives again finds its own mark. */
const countCalls = async (
  store: Store,
  runId: string,
  stage: StageName,
  claim: ClaimOfCalls,
  calls: readonly CountedCall[],
  used: readonly StageUse[] = [],
): Promise<boolean> => {
  // Short, since the item is written again and again; it differs from the count before it.
  const call = newId('call').slice(-12)
  const allowed = ifAllowed(claim.attempt, calls)
  const { set, add } = useAttributes(used)
  const { done, item } = await store.attempt({
    update: stageKey(runId, stage),
    set: { counted: call, ...set },
    add: { ...countersOf(claim.attempt, calls, 1), ...add },
    condition: {
      expression: [
        '#lease_id = :lease',
        '(attribute_not_exists(#counted) OR #counted <> :call)',
        allowed.expression,
      ].join(' AND '),
      values: {
        ':lease': claim.leaseId,
        ':call': call,
        ...allowed.values,
      },
    },
  })
  return done || item?.counted === call
}

const uncountCalls = async (
  store: Store,
  runId: string,
  stage: StageName,
  claim: ClaimOfCalls,
  calls: readonly CountedCall[],
): Promise<void> => {
  const update = {
    update: stageKey(runId, stage),
    add: countersOf(claim.attempt, calls, -1),
    condition: { expression: '#lease_id = :lease', values: { ':lease': claim.leaseId } },
  }
  try {
    await store.attempt(update, true)
  } catch (error) {
    // One call fewer may be made then.
    log.warn('calls not taken back', { error: error as Error })
  }
}

const partsKept: StageParts['partsKept'] = (runId, attempt, leaseId, parts) => ({
  update: stageKey(runId, 'creative'),
  set: packDense(attributesOfParts(parts, attempt)),
  condition: {
    expression: '#lease_id = :lease AND #status = :working',
    values: { ':lease': leaseId, ':working': 'working' },
  },
})

const commitParts = (
  clock: Clock,
  runId: string,
  attempt: number,
  leaseId: string,
  parts: WrittenParts,
): Update => {
  const kept = creativePartNames.filter((part) => parts[part] === undefined)
  const conditions = kept.map((part) => `attribute_exists(#${partAttribute(part)})`)
  return {
    update: stageKey(runId, 'creative'),
    set: {
      status: 'committed',
      ...packDense(attributesOfParts(parts, attempt)),
      ttl: expiry(clock.now(), 'stage'),
    },
    clear: ['failed'],
    condition: {
      expression: ['#lease_id = :lease AND #status = :working', ...conditions].join(' AND '),
      values: { ':lease': leaseId, ':working': 'working' },
    },
  }
}

/** Elements that stand in no part: with the parts they are no more than the whole output may be. */
export const besideParts = async (
  store: Store,
  runId: string,
  elements: PartialElement[],
): Promise<PartialElement[]> => {
  const item = await store.get(stageKey(runId, 'creative'))
  const parts = item ? storedPartsOf(unpackJson(item, partAttributes)) : {}
  const kept = new Set(elementsOfParts(parts).map(({ kind }) => kind))
  return elements.filter(({ kind }) => !kept.has(kind))
}

export const createStageParts = (store: Store, clock: Clock): StageParts => ({
  countCalls: (...rest) => countCalls(store, ...rest),
  uncountCalls: (...rest) => uncountCalls(store, ...rest),
  partsKept,
  keepParts: (...rest) => store.write([partsKept(...rest)]),
  commitParts: (...rest) => commitParts(clock, ...rest),
})
