import type { Write } from '../clients/store.ts'
import { StudioError } from '../contracts/errors.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { endsOfAsset } from '../rules/ends.ts'
import { jobsOfAsset } from '../rules/media-limits.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { endWrites } from './end-repository.ts'
import { packJson } from './json-attributes.ts'
import type { AssetEnd, Restart, Work } from './media-work.ts'
import { isUnchanged, keyOf, retentionOf, touched } from './media-work-items.ts'
import { expiry } from './table-keys.ts'

export const restarted = (
  clock: Clock,
  asset: Work,
  { job_id, sources, settings, request_id }: Restart,
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

export const joined = (asset: Work, jobId: string): Write => {
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

export const ended = (clock: Clock, asset: Work, { status, ...end }: AssetEnd): Write[] => {
  const at = isoTime(clock.now())
  const { cost, ...rest } = { cost: null, ...end }
  const written: Write = {
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
  const error = 'error' in end ? { error: end.error } : {}
  return [written, ...endWrites(clock, endsOfAsset(asset, { status, ...error }, at))]
}
