import { itemsOf, pagesOf, type Store, type Write } from '../clients/store.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { packJson } from './json-attributes.ts'
import type {
  Asset,
  AssetClaim,
  AssetEnd,
  Named,
  Parking,
  Restart,
  RunExport,
  Work,
} from './media-work.ts'
import { ended, joined, restarted } from './media-work-attempts.ts'
import { createClaimWrites } from './media-work-claims.ts'
import { asWork, keyOf, touched } from './media-work-items.ts'
import { type WorkKind, workKey, workRange } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

export interface MediaAssetRepository<W extends Work = Asset> {
  find(runId: string, assetId: string): Promise<W | undefined>
  /** All of a run, in no order. */
  list(runId: string): Promise<W[]>
  /** Open assets that nothing has touched since `before` (epoch milliseconds), oldest first, ten at a time. */
  listOpen(before: number): AsyncIterable<Named[]>
  create(asset: Omit<W, 'ttl'>): Write
  /** Another attempt of an asset that failed or was cancelled, on condition that it is as `asset` says. */
  restart(asset: W, change: Restart): Write
  /**
   * Has another job follow an open asset, on condition that it is as `asset` says.
   * @throws StudioError RATE_LIMITED when as many follow it as its end can tell
   */
  join(asset: W, jobId: string): Write
  /** Claims an attempt for one worker. False when it has ended, is held, or has had all its workers. */
  claim(asset: Named, claim: AssetClaim): Promise<boolean>
  /** Extends a claim. False when it was lost. */
  extend(asset: Named, leaseId: string, until: number): Promise<boolean>
  /** The same beside other writes, which take effect only while the claim holds. */
  hold(asset: Named, leaseId: string, until: number): Write
  advance(asset: Named, leaseId: string, progress: Pick<Work, 'stage' | 'share'>): Write
  /** Gives the claim up: the asset waits again for what it is made from. */
  release(asset: Named, leaseId: string): Promise<boolean>
  /** Gives the claim up until a vendor is looked at again. */
  park(asset: Named, leaseId: string, parking: Parking): Write
  /**
   * Ends an open asset, on condition that nothing but its progress has changed since `asset` was read: a
   * claim of another worker, another attempt or job refuses it.
   */
  end(asset: W, end: AssetEnd): Write[]
  /** Moves an open asset to the end of what the sweep looks after. False when it has ended. */
  touch(asset: Named): Promise<boolean>
  /** An ended asset is not found any more. False when it has not ended, or is gone. */
  beginDeletion(asset: W): Promise<boolean>
  /** Whether a deletion that has begun has not come to its end. */
  isDeleting(runId: string, assetId: string): Promise<boolean>
  finishDeletion(asset: Named): Promise<void>
}

const openPage = 10

async function* listOpen(store: Store, kind: WorkKind, before: number): AsyncGenerator<Named[]> {
  const range = { pk: kind, from: '0', to: isoTime(before), index: openIndex }
  for await (const { items } of pagesOf(store, range, { pageSize: openPage })) {
    yield items.map(({ PK, SK }) => ({
      run_id: PK.slice('RUN#'.length),
      asset_id: SK.slice(`${kind}#`.length),
    }))
  }
}

const createReads = <W extends Work>(store: Store, kind: WorkKind) => ({
  async find(runId: string, assetId: string): Promise<W | undefined> {
    const item = await store.get(workKey(runId, assetId))
    return item && item.deleting === undefined ? asWork<W>(item) : undefined
  },
  list: async (runId: string): Promise<W[]> =>
    (await itemsOf(store, workRange(runId, kind)))
      .filter(({ deleting }) => deleting === undefined)
      .map((item) => asWork<W>(item)),
  listOpen: (before: number) => listOpen(store, kind, before),
  isDeleting: async (runId: string, assetId: string): Promise<boolean> =>
    (await store.get(workKey(runId, assetId)))?.deleting !== undefined,
})

const createDeletion = (store: Store) => ({
  beginDeletion: (asset: Work) =>
    tryWrite(store, [
      {
        update: keyOf(asset),
        set: { deleting: 1 },
        condition: {
          expression:
            '#attempt = :attempt AND' +
            ' (#status = :completed OR #status = :failed OR #status = :cancelled)',
          values: {
            ':attempt': asset.attempt,
            ':completed': 'completed',
            ':failed': 'failed',
            ':cancelled': 'cancelled',
          },
        },
      },
    ]),
  async finishDeletion(asset: Named): Promise<void> {
    await tryWrite(store, [
      { remove: keyOf(asset), condition: { expression: 'attribute_exists(#deleting)' } },
    ])
  },
})

const createRepository = <W extends Work>(
  store: Store,
  clock: Clock,
  kind: WorkKind,
): MediaAssetRepository<W> => ({
  ...createReads<W>(store, kind),
  ...createClaimWrites(store, clock),
  ...createDeletion(store),
  create: (asset) => ({
    put: {
      ...keyOf(asset),
      ...packJson(asset),
      ...touched(clock, asset),
    },
    // DynamoDB deletes what has expired up to days later, and until then nothing finds it.
    condition: {
      expression: 'attribute_not_exists(#PK) OR #ttl < :now',
      values: { ':now': Math.floor(clock.now() / 1000) },
    },
  }),
  restart: (asset, change) => restarted(clock, asset, change),
  join: joined,
  end: (asset, end) => ended(clock, asset, end),
  touch: (asset) =>
    tryWrite(store, [
      {
        update: keyOf(asset),
        set: touched(clock, asset),
        condition: {
          expression: '#status = :queued OR #status = :running',
          values: { ':queued': 'queued', ':running': 'running' },
        },
      },
    ]),
})

export const createMediaAssetRepository = (store: Store, clock: Clock): MediaAssetRepository =>
  createRepository<Asset>(store, clock, 'ASSET')

/** Exports are claimed, kept alive and ended as assets are, apart from them. */
export const createRunExportRepository = (
  store: Store,
  clock: Clock,
): MediaAssetRepository<RunExport> => createRepository<RunExport>(store, clock, 'EXPORT')
