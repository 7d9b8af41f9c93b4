import { type Item, itemPagesOf, type Store, type Write } from '../clients/store.ts'
import type { JobAsset, JobStatus, JobType } from '../contracts/jobs.ts'
import type { ErrorBody } from '../contracts/problems.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { endsOfJob } from '../rules/ends.ts'
import { ownerIndex } from '../rules/storage-layout.ts'
import { endWrites } from './end-repository.ts'
import { packJson, unpackJson } from './json-attributes.ts'
import { expiry, jobKey } from './table-keys.ts'

/** How far a job of assets is, as its events say it. */
export interface AssetsJobState {
  status: JobStatus
  /** Percent. */
  progress: number
  eta_seconds: number | null
  error: ErrorBody | null
  /** What became of each asset, from the end on: assets may be made again afterwards. */
  assets: JobAsset[] | null
}

/** A job; its progress follows from its run, or is its own when it makes assets. */
export interface Job {
  job_id: string
  type: JobType
  session_id: string
  run_id: string
  owner: string
  created_at: string
  /** Of a job of assets: those that it follows. */
  asset_ids?: string[]
  state?: AssetsJobState
  /** One more with each change of the state. */
  revision?: number
  updated_at?: string
  /** When its last event was written, in epoch milliseconds. */
  told_at?: number
}

export interface JobRepository {
  get(jobId: string): Promise<Job | undefined>
  /** One that has nothing to do has ended, which is left to be announced. */
  create(job: Job): Write[]
  /**
   * Moves a job of assets on, on condition that its state is the one that was read. When that ends it, the end is
   * left to be announced.
   */
  advance(job: Job, state: AssetsJobState): Write[]
  /** All jobs of an owner, newest first. */
  list(owner: string): Promise<Job[]>
}

const asJob = (item: Item): Job => {
  const { PK, SK, ttl, OWNER, OWNER_SK, ...job } = unpackJson(item, ['asset_ids', 'state'])
  return job as unknown as Job
}

export const createJobRepository = (store: Store, clock: Clock): JobRepository => ({
  async get(jobId) {
    const item = await store.get(jobKey(jobId))
    return item && asJob(item)
  },
  create: (job) => [
    {
      put: {
        ...jobKey(job.job_id),
        ...packJson(job),
        [ownerIndex.partition]: job.owner,
        [ownerIndex.sort]: `JOB#${job.job_id}`,
        ttl: expiry(clock.now(), 'job'),
      },
      condition: { expression: 'attribute_not_exists(#PK)' },
    },
    ...endWrites(clock, endsOfJob(job, job.state, isoTime(clock.now()))),
  ],
  advance: (job, state) => [
    {
      update: jobKey(job.job_id),
      set: {
        ...packJson({ state }),
        revision: (job.revision ?? 0) + 1,
        updated_at: isoTime(clock.now()),
        told_at: clock.now(),
        ttl: expiry(clock.now(), 'job'),
      },
      condition: {
        expression: '#revision = :revision',
        values: { ':revision': job.revision ?? 0 },
      },
    },
    ...endWrites(clock, endsOfJob(job, state, isoTime(clock.now()))),
  ],
  async list(owner) {
    const range = { pk: owner, from: 'JOB#', to: 'JOB#\uffff', index: ownerIndex }
    const jobs: Job[] = []
    for await (const { items } of itemPagesOf(store, { ...range, newestFirst: true })) {
      jobs.push(...items.map(asJob))
    }
    return jobs
  },
})
