import type { Condition, Item } from '../clients/store.ts'
import { type Clock, isoTime } from '../platform/clock.ts'
import { openIndex } from '../rules/storage-layout.ts'
import { unpackJson } from './json-attributes.ts'
import type { Named, Work } from './media-work.ts'
import { expiry, workKey, workKindOf } from './table-keys.ts'

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

export const asWork = <W extends Work>(item: Item): W => {
  const { PK, SK, OPEN, OPEN_SK, deleting, ...work } = unpackJson(item, jsonAttributes)
  return work as unknown as W
}

export const keyOf = ({ run_id, asset_id }: Named) => workKey(run_id, asset_id)

export const retentionOf = (id: string) => (workKindOf(id) === 'EXPORT' ? 'export' : 'asset')

/** Times of a change, and the entry of an open asset in the index. */
export const touched = (clock: Clock, { run_id, asset_id }: Named) => {
  const at = isoTime(clock.now())
  return {
    updated_at: at,
    ttl: expiry(clock.now(), retentionOf(asset_id)),
    [openIndex.partition]: workKindOf(asset_id),
    [openIndex.sort]: `${at}#${run_id}#${asset_id}`,
  }
}

export const isHeld = (leaseId: string): Condition => ({
  expression: '#lease_id = :lease AND #status = :running',
  values: { ':lease': leaseId, ':running': 'running' },
})

/** That an asset is the attempt that was read, held by the same worker or none, and followed by the same jobs. */
export const isUnchanged = ({ attempt, status, lease_id, job_ids }: Work): Condition => ({
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
