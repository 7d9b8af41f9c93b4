import type { Store, Write } from '../clients/store.ts'
import type { StageName } from '../contracts/agents.ts'
import { creativePartNames } from '../contracts/creative-parts.ts'
import type { PartialElement } from '../contracts/runs.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import {
  attributesOfParts,
  elementsOfParts,
  partAttribute,
  partAttributes,
  storedPartsOf,
  type WrittenParts,
} from './creative-part-attributes.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { expiry, stageKey } from './table-keys.ts'

export type CallCounter = `calls_${number}` | `calls_${number}_${string}`

/** The attribute that counts the model calls of an attempt, or of one part of the stage in it. */
export const callCounter = (attempt: number, part?: string): CallCounter =>
  part === undefined ? `calls_${attempt}` : `calls_${attempt}_${part}`

/** Calls of the model that are to be made: `maxCalls` are allowed in this attempt. */
export interface CountedCall {
  maxCalls: number
  /** Of a stage whose parts are answers of their own. */
  part?: string | undefined
}

/** What of a stage is counted and stored for each of its answers. */
export interface StageParts {
  /**
   * Counts model calls of the claim's attempt before they are made, on condition that the claim holds and each
   * has fewer than its `maxCalls` before it. No two of them are of the same part.
   */
  countCalls(
    runId: string,
    stage: StageName,
    claim: { attempt: number; leaseId: string },
    calls: readonly CountedCall[],
  ): Write
  /** Parts of the creatives that are done before the others. @throws ConditionFailed when the claim is lost */
  keepParts(runId: string, attempt: number, leaseId: string, parts: WrittenParts): Promise<void>
  /** The last parts, and with them the stage, on condition that all others are kept and `leaseId` still holds it. */
  commitParts(runId: string, attempt: number, leaseId: string, parts: WrittenParts): Write
}

const countCalls: StageParts['countCalls'] = (runId, stage, { attempt, leaseId }, calls) => {
  const counters = calls.map(({ maxCalls, part }, index) => ({
    name: callCounter(attempt, part),
    most: `:max_${index}`,
    maxCalls,
  }))
  const conditions = counters.map(
    ({ name, most }) => `(attribute_not_exists(#${name}) OR #${name} < ${most})`,
  )
  return {
    update: stageKey(runId, stage),
    add: Object.fromEntries(counters.map(({ name }) => [name, 1])),
    condition: {
      expression: ['#lease_id = :lease', ...conditions].join(' AND '),
      values: {
        ':lease': leaseId,
        ...Object.fromEntries(counters.map(({ most, maxCalls }) => [most, maxCalls])),
      },
    },
  }
}

const keepParts = (
  store: Store,
  runId: string,
  attempt: number,
  leaseId: string,
  parts: WrittenParts,
): Promise<void> =>
  store.write([
    {
      update: stageKey(runId, 'creative'),
      set: packJson(attributesOfParts(parts, attempt)),
      condition: {
        expression: '#lease_id = :lease AND #status = :working',
        values: { ':lease': leaseId, ':working': 'working' },
      },
    },
  ])

const commitParts = (
  clock: Clock,
  runId: string,
  attempt: number,
  leaseId: string,
  parts: WrittenParts,
): Write => {
  const kept = creativePartNames.filter((part) => parts[part] === undefined)
  const conditions = kept.map((part) => `attribute_exists(#${partAttribute(part)})`)
  return {
    update: stageKey(runId, 'creative'),
    set: {
      status: 'committed',
      ...packJson(attributesOfParts(parts, attempt)),
      committed_at: isoTime(clock.now()),
      ttl: expiry(clock.now(), 'stage'),
    },
    clear: ['partial'],
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
  countCalls,
  keepParts: (...rest) => keepParts(store, ...rest),
  commitParts: (...rest) => commitParts(clock, ...rest),
})
