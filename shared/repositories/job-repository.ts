import { type Item, itemsOf, type Store, type Write } from '../clients/store.ts'
import type { JobType } from '../contracts/jobs.ts'
import type { Clock } from '../platform/clock.ts'
import { ownerIndex } from '../rules/storage-layout.ts'
import { expiry, jobKey } from './table-keys.ts'

/** A job; its progress follows from its run. */
export interface Job {
  job_id: string
  type: JobType
  session_id: string
  run_id: string
  owner: string
  created_at: string
}

export interface JobRepository {
  get(jobId: string): Promise<Job | undefined>
  create(job: Job): Write
  /** All jobs of an owner, newest first. */
  list(owner: string): Promise<Job[]>
}

const asJob = ({ PK, SK, ttl, OWNER, OWNER_SK, ...job }: Item): Job => job as unknown as Job

export const createJobRepository = (store: Store, clock: Clock): JobRepository => ({
  async get(jobId) {
    const item = await store.get(jobKey(jobId))
    return item && asJob(item)
  },
  create: (job) => ({
    put: {
      ...jobKey(job.job_id),
      ...job,
      [ownerIndex.partition]: job.owner,
      [ownerIndex.sort]: `JOB#${job.job_id}`,
      ttl: expiry(clock.now(), 'job'),
    },
    condition: { expression: 'attribute_not_exists(#PK)' },
  }),
  async list(owner) {
    const range = { pk: owner, from: 'JOB#', to: 'JOB#\uffff', index: ownerIndex }
    return (await itemsOf(store, { ...range, newestFirst: true })).map(asJob)
  },
})
