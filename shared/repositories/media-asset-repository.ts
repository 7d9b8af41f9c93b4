import {
  type Condition,
  type Item,
  itemsOf,
  pagesOf,
  type Store,
  type Write,
} from '../clients/store.ts'
import type { VoicePreset } from '../contracts/agents.ts'
import type {
  AssetCheck,
  AssetFailure,
  AssetFile,
  AssetProvenance,
  AssetStatus,
  AssetType,
  MakingStage,
  PlacementId,
  VoicePace,
} from '../contracts/assets.ts'
import { StudioError } from '../contracts/errors.ts'
import type { UnfinishedAsset } from '../contracts/http/export-routes.ts'
import type { Cost } from '../contracts/provenance.ts'
import type { Locale } from '../contracts/session.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { jobsOfAsset, maxAssetWorkers } from '../rules/media-limits.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { expiry, type WorkKind, workKey, workKindOf, workRange } from './table-keys.ts'
import { tryWrite } from './try-write.ts'

export interface StoredFile extends AssetFile {
  /** In the media bucket. */
  key: string
}

/** What the caller wished for, beside placement and note. */
export interface AssetSettings {
  preset: VoicePreset | null
  pace: VoicePace | null
  /** An upload's id, or `none`. */
  recording: string | null
  captions: boolean
}

/** What an export holds, as it was when it was asked for. */
export interface ExportOrder {
  /** The date of the plan's first day, `YYYY-MM-DD`. */
  start_date: string
  /** Finished assets of the run. */
  asset_ids: string[]
  /** Those that were not finished then. */
  unfinished: UnfinishedAsset[]
  asked_at: string
}

/** What the media queue brings: an asset, or the export of a run. */
export interface Work {
  asset_id: string
  asset_type: AssetType | 'export'
  run_id: string
  session_id: string
  owner: string
  locale: Locale
  status: AssetStatus
  /** The job that makes it, and all that follow it. */
  job_id: string
  job_ids: string[]
  placement: PlacementId | null
  poster_spec_id: string | null
  note: string | null
  replaces: string | null
  /** The assets that it is made from. */
  sources: string[]
  settings: AssetSettings
  /** Of an export. */
  export_order?: ExportOrder
  stage: MakingStage
  /** How much of it is done, in percent. */
  share: number
  /** 1, and one more with each request that tries it again. */
  attempt: number
  /** Workers that have claimed this attempt. */
  workers: number
  lease_id?: string
  /** Epoch milliseconds after which the holder counts as dead; of a parked asset, when to look again. */
  lease_until?: number
  vendor_job?: string
  /** Epoch milliseconds. */
  vendor_deadline?: number
  files?: StoredFile[]
  provenance?: AssetProvenance
  checks?: AssetCheck[]
  cost?: Cost
  error?: AssetFailure
  request_id?: string
  created_at: string
  updated_at: string
  completed_at?: string
  /** Epoch seconds after which it is deleted. */
  ttl: number
}

export interface Asset extends Work {
  asset_type: AssetType
}

export interface RunExport extends Work {
  asset_type: 'export'
  export_order: ExportOrder
}

/** The lease of an asset that no worker holds, since its vendor works. */
export const parked = 'parked'

type Named = Pick<Work, 'run_id' | 'asset_id'>

/** A worker's claim on one attempt of an asset. */
export interface AssetClaim {
  attempt: number
  leaseId: string
  /** Epoch milliseconds. */
  until: number
}

/** How an asset ends. */
export type AssetEnd = Pick<Work, 'stage'> &
  (
    | {
        status: 'completed'
        files: StoredFile[]
        provenance: AssetProvenance
        checks: AssetCheck[]
        cost: Cost | null
      }
    | { status: 'failed'; error: AssetFailure; checks?: AssetCheck[] }
    | { status: 'cancelled' }
  )

/** A vendor's job that is looked at again. */
export interface Parking {
  vendorJob: string
  /** Epoch milliseconds. */
  lookAt: number
  deadline: number
}

export interface MediaAssetRepository<W extends Work = Asset> {
  find(runId: string, assetId: string): Promise<W | undefined>
  /** All of a run, in no order. */
  list(runId: string): Promise<W[]>
  /** Open assets that nothing has touched since `before` (epoch milliseconds), oldest first, ten at a time. */
  listOpen(before: number): AsyncIterable<Named[]>
  create(asset: Omit<W, 'ttl'>): Write
  /** Another attempt of an asset that failed or was cancelled, on condition that it is as `asset` says. */
  restart(
    asset: W,
    change: Pick<Work, 'job_id' | 'sources' | 'settings'> & { request_id?: string | undefined },
  ): Write
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
  end(asset: W, end: AssetEnd): Write
  /** Moves an open asset to the end of what the sweep looks after. False when it has ended. */
  touch(asset: Named): Promise<boolean>
  /** An ended asset is not found any more. False when it has not ended, or is gone. */
  beginDeletion(asset: W): Promise<boolean>
  /** Whether a deletion that has begun has not come to its end. */
  isDeleting(runId: string, assetId: string): Promise<boolean>
  finishDeletion(asset: Named): Promise<void>
}

const openPage = 10

const jsonAttributes = [
  'job_ids',
  'sources',
  'settings',
  'export_order',
  'files',
  'provenance',
  'checks',
  'cost',
  'error',
]

const asWork = <W extends Work>(item: Item): W => {
  const { PK, SK, OPEN, OPEN_SK, deleting, ...work } = unpackJson(item, jsonAttributes)
  return work as unknown as W
}

const keyOf = ({ run_id, asset_id }: Named) => workKey(run_id, asset_id)

const retentionOf = (id: string) => (workKindOf(id) === 'EXPORT' ? 'export' : 'asset')

/** Times of a change, and the entry of an open asset in the index. */
const touched = (clock: Clock, { run_id, asset_id }: Named) => {
  const at = isoTime(clock.now())
  return {
    updated_at: at,
    ttl: expiry(clock.now(), retentionOf(asset_id)),
    [openIndex.partition]: workKindOf(asset_id),
    [openIndex.sort]: `${at}#${run_id}#${asset_id}`,
  }
}

const isHeld = (leaseId: string): Condition => ({
  expression: '#lease_id = :lease AND #status = :running',
  values: { ':lease': leaseId, ':running': 'running' },
})

/** That an asset is the attempt that was read, held by the same worker or none, and followed by the same jobs. */
const isUnchanged = ({ attempt, status, lease_id, job_ids }: Work): Condition => ({
  expression: `#attempt = :attempt AND #status = :status AND #job_ids = :jobs AND ${
    lease_id === undefined ? 'attribute_not_exists(#lease_id)' : '#lease_id = :lease'
  } AND attribute_not_exists(#deleting)`,
  values: {
    ':attempt': attempt,
    ':status': status,
    ':jobs': JSON.stringify(job_ids),
    ...(lease_id !== undefined && { ':lease': lease_id }),
  },
})

const claimed = (clock: Clock, asset: Named, { attempt, leaseId, until }: AssetClaim): Write => ({
  update: keyOf(asset),
  set: { status: 'running', lease_id: leaseId, lease_until: until, ...touched(clock, asset) },
  count: 'workers',
  condition: {
    expression:
      '#attempt = :attempt AND #workers < :workers AND attribute_not_exists(#deleting) AND' +
      ' (#status = :queued OR (#status = :running AND (#lease_until < :now OR #lease_id = :own)))',
    values: {
      ':attempt': attempt,
      ':workers': maxAssetWorkers,
      ':queued': 'queued',
      ':running': 'running',
      ':now': clock.now(),
      ':own': leaseId,
    },
  },
})

const restarted = (
  clock: Clock,
  asset: Work,
  { job_id, sources, settings, request_id }: Parameters<MediaAssetRepository['restart']>[1],
): Write => ({
  update: keyOf(asset),
  set: {
    ...packJson({ job_ids: [job_id], sources, settings }),
    status: 'queued',
    job_id,
    stage: 'waiting',
    share: 0,
    attempt: asset.attempt + 1,
    workers: 0,
    ...(request_id !== undefined && { request_id }),
    ...touched(clock, asset),
  },
  clear: [
    'error',
    'checks',
    'lease_id',
    'lease_until',
    'vendor_job',
    'vendor_deadline',
    'completed_at',
  ],
  condition: isUnchanged(asset),
})

/** Seconds after which a request that too many others came before may be tried again. */
const joinRetry = 30

const joined = (asset: Work, jobId: string): Write => {
  if (asset.job_ids.length >= jobsOfAsset) {
    const message = `${jobsOfAsset} jobs follow ${asset.asset_id} already: read one of them.`
    throw new StudioError('RATE_LIMITED', message, { retryAfter: joinRetry })
  }
  return {
    update: keyOf(asset),
    set: packJson({ job_ids: [...asset.job_ids, jobId] }),
    condition: isUnchanged(asset),
  }
}

const ended = (clock: Clock, asset: Work, { status, ...end }: AssetEnd): Write => {
  const at = isoTime(clock.now())
  const { cost, ...rest } = { cost: null, ...end }
  return {
    update: keyOf(asset),
    set: {
      ...packJson({ ...rest, ...(cost && { cost }) }),
      status,
      ...(status === 'completed' && { share: 100 }),
      updated_at: at,
      completed_at: at,
      ttl: expiry(clock.now(), retentionOf(asset.asset_id)),
    },
    clear: [
      'lease_id',
      'lease_until',
      'vendor_job',
      'vendor_deadline',
      openIndex.partition,
      openIndex.sort,
    ],
    condition: isUnchanged(asset),
  }
}

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

/** How an asset's item gets, keeps and changes its worker's claim. */
const createClaimWrites = (store: Store, clock: Clock) => {
  const hold = (asset: Named, leaseId: string, until: number): Write => ({
    update: keyOf(asset),
    set: { lease_until: until },
    condition: isHeld(leaseId),
  })
  return {
    hold,
    claim: (asset: Named, claim: AssetClaim) => tryWrite(store, [claimed(clock, asset, claim)]),
    extend: (asset: Named, leaseId: string, until: number) =>
      tryWrite(store, [hold(asset, leaseId, until)]),
    advance: (asset: Named, leaseId: string, progress: Pick<Asset, 'stage' | 'share'>): Write => ({
      update: keyOf(asset),
      set: { ...progress, ...touched(clock, asset) },
      condition: isHeld(leaseId),
    }),
    release: (asset: Named, leaseId: string) =>
      tryWrite(store, [
        {
          update: keyOf(asset),
          set: { status: 'queued', workers: 0, ...touched(clock, asset) },
          clear: ['lease_id', 'lease_until'],
          condition: isHeld(leaseId),
        },
      ]),
    park: (asset: Named, leaseId: string, { vendorJob, lookAt, deadline }: Parking): Write => ({
      update: keyOf(asset),
      set: {
        lease_id: parked,
        lease_until: lookAt,
        vendor_job: vendorJob,
        vendor_deadline: deadline,
        workers: 0,
        ...touched(clock, asset),
      },
      condition: isHeld(leaseId),
    }),
  }
}

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
