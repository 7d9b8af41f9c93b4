import type { Condition, Item, Store, Write } from '../clients/store.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { expiry, purchaseKey } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

/** What a vendor is paid for, by its digest. */
export interface PurchaseRecord {
  digest: string
  kind: 'image' | 'speech' | 'film'
  provider: string
  model: string
  status: 'open' | 'done'
  lease_id?: string
  /** Epoch milliseconds. */
  lease_until?: number
  /** Calls that came to a failure: the next one gets another idempotency key. */
  failed?: number
  /** Epoch milliseconds of a call whose answer did not come, or has not come yet: it may be charged. */
  asked_at?: number
  /** The vendor's name for a job that was started and has not been collected. */
  vendor_job?: string
  [counter: `calls_${string}`]: number
}

export type PurchaseFacts = Pick<PurchaseRecord, 'digest' | 'kind' | 'provider' | 'model'>

/** A worker's claim on a purchase. */
export interface PurchaseClaim {
  sessionId: string
  digest: string
  leaseId: string
}

export interface PurchaseRepository {
  find(sessionId: string, digest: string): Promise<PurchaseRecord | undefined>
  /**
   * Claims a purchase that has not been made, in one transaction with `holds`, without which nothing is
   * written: so nothing of an erased session comes back.
   */
  claim(
    sessionId: string,
    facts: PurchaseFacts,
    lease: { id: string; until: number },
    holds: Write,
  ): Promise<boolean>
  /** Extends a claim. False when it was lost. */
  extend(claim: PurchaseClaim, until: number): Promise<boolean>
  /** Counts a call before it is made, and that it has no answer yet, on condition that the claim holds and fewer than `max` are counted. */
  countCall(claim: PurchaseClaim, counter: string, max: number): Write
  /** What was bought is stored. False when the claim was lost. */
  complete(claim: PurchaseClaim): Promise<boolean>
  /** The vendor works on by itself. False when the claim was lost. */
  started(claim: PurchaseClaim, vendorJob: string): Promise<boolean>
  /** A call's answer was a failure: the next one is another request. */
  failed(claim: PurchaseClaim): Promise<void>
  /**
   * Gives the claim up.
   * @param after `failed` when the vendor's answer was final, so that the next call is another request; `forgets`
   * when a job that was started comes to nothing any more
   */
  release(claim: PurchaseClaim, after: { failed: boolean; forgets: boolean }): Promise<void>
  /** Has a purchase made again whose object is gone. */
  reopen(sessionId: string, digest: string): Promise<void>
}

const asRecord = ({ PK, SK, ttl, ...record }: Item): PurchaseRecord =>
  record as unknown as PurchaseRecord

const isHeld = (leaseId: string): Condition => ({
  expression: '#lease_id = :lease AND #status = :open',
  values: { ':lease': leaseId, ':open': 'open' },
})

export const createPurchaseRepository = (store: Store, clock: Clock): PurchaseRepository => {
  const kept = () => ({
    updated_at: isoTime(clock.now()),
    ttl: expiry(clock.now(), 'purchase'),
  })
  const update = (
    { sessionId, digest, leaseId }: PurchaseClaim,
    change: { set?: Record<string, unknown>; clear?: string[]; add?: Record<string, number> },
  ): Promise<boolean> =>
    tryWrite(store, [
      {
        update: purchaseKey(sessionId, digest),
        ...change,
        set: { ...kept(), ...change.set },
        condition: isHeld(leaseId),
      },
    ])
  return {
    async find(sessionId, digest) {
      const item = await store.get(purchaseKey(sessionId, digest))
      return item && asRecord(item)
    },
    claim: (sessionId, facts, { id, until }, holds) =>
      tryWrite(store, [
        holds,
        {
          update: purchaseKey(sessionId, facts.digest),
          set: { ...facts, status: 'open', lease_id: id, lease_until: until, ...kept() },
          condition: {
            expression:
              'attribute_not_exists(#PK) OR (#status = :open AND' +
              ' (attribute_not_exists(#lease_id) OR #lease_until < :now OR #lease_id = :lease))',
            values: { ':open': 'open', ':now': clock.now(), ':lease': id },
          },
        },
      ]),
    extend: (claim, until) => update(claim, { set: { lease_until: until } }),
    countCall: ({ sessionId, digest, leaseId }, counter, max) => {
      const name = `calls_${counter}`
      const held = isHeld(leaseId)
      return {
        update: purchaseKey(sessionId, digest),
        set: { asked_at: clock.now() },
        count: name,
        condition: {
          expression: `${held.expression} AND (attribute_not_exists(#${name}) OR #${name} < :max)`,
          values: { ...held.values, ':max': max },
        },
      }
    },
    complete: (claim) =>
      update(claim, {
        set: { status: 'done' },
        clear: ['lease_id', 'lease_until', 'vendor_job', 'asked_at'],
      }),
    started: (claim, vendorJob) =>
      update(claim, { set: { vendor_job: vendorJob }, clear: ['asked_at'] }),
    async failed(claim) {
      await update(claim, { add: { failed: 1 }, clear: ['asked_at'] })
    },
    async release(claim, { failed, forgets }) {
      await update(claim, {
        clear: [
          ...['lease_id', 'lease_until'],
          ...(forgets ? ['vendor_job'] : []),
          ...(failed ? ['asked_at'] : []),
        ],
        ...(failed && { add: { failed: 1 } }),
      })
    },
    async reopen(sessionId, digest) {
      await tryWrite(store, [
        {
          update: purchaseKey(sessionId, digest),
          set: { status: 'open' },
          condition: { expression: 'attribute_exists(#PK)' },
        },
      ])
    },
  }
}
