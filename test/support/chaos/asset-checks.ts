import type { StudioEvent } from '../../../shared/contracts/events.ts'
import type { AssetStory } from './asset-client.ts'
import type { Violation } from './violation.ts'

const isOver = (status: string): boolean => status !== 'queued' && status !== 'running'

const endChecks = ({ assets, export: exported }: AssetStory): Violation[] => {
  if (assets.length === 0) return [{ kind: 'stuck', what: 'no asset was accepted' }]
  const all = [
    ...assets.map(({ asset_id, status, error }) => ({ id: asset_id, status, error })),
    ...(exported
      ? [{ id: exported.export_id, status: exported.status, error: exported.error }]
      : []),
  ]
  const found = all.flatMap(({ id, status, error }): Violation[] => {
    if (!isOver(status)) return [{ kind: 'stuck', what: `${id} is ${status}` }]
    const isCaused = (status === 'failed') === (error !== null)
    return isCaused ? [] : [{ kind: 'error', what: `${id} is ${status} with ${error?.code}` }]
  })
  return exported ? found : [...found, { kind: 'stuck', what: 'no export was accepted' }]
}

/** What is announced is there, with the bytes that were stored, and is announced once. */
const fileChecks = ({ assets, files }: AssetStory, log: readonly StudioEvent[]): Violation[] => {
  const broken = files.flatMap(({ name, sha256, read }): Violation[] => {
    if (read === undefined) return [{ kind: 'lost', what: `${name} cannot be read` }]
    return read === sha256 ? [] : [{ kind: 'changed', what: `${name} has other bytes` }]
  })
  const told = assets.flatMap(({ asset_id, status, files: own }): Violation[] => {
    const ends = log.filter(
      ({ type, data }) =>
        (type === 'asset.ready' || type === 'asset.failed') &&
        'asset_id' in data &&
        data.asset_id === asset_id,
    )
    const wanted = status === 'completed' ? 'asset.ready' : 'asset.failed'
    if (ends.length > 1) return [{ kind: 'duplicated', what: `${asset_id} ended twice` }]
    if (isOver(status) && ends[0]?.type !== wanted) {
      return [{ kind: 'lost', what: `${asset_id} is ${status} and its end is ${ends[0]?.type}` }]
    }
    return status === 'completed' && own.length === 0
      ? [{ kind: 'lost', what: `${asset_id} is ready without a file` }]
      : []
  })
  return [...broken, ...told]
}

/** A job goes forward, and ends once. */
const jobChecks = ({ jobs }: AssetStory, log: readonly StudioEvent[]): Violation[] =>
  jobs.flatMap((job): Violation[] => {
    const updates = log.flatMap((event) =>
      event.type === 'job.updated' && event.data.job_id === job ? [event.data] : [],
    )
    const shares = updates.map(({ progress }) => progress)
    const goesBack = shares.some((share, index) => share < (shares[index - 1] ?? 0))
    const ends = updates.filter(({ status }) => isOver(status)).length
    return [
      ...(goesBack ? [{ kind: 'changed', what: `${job} went back: ${shares}` } as const] : []),
      ...(ends > 1 ? [{ kind: 'duplicated', what: `${job} ended ${ends} times` } as const] : []),
      ...(ends === 0 ? [{ kind: 'stuck', what: `${job} did not end` } as const] : []),
      ...(ends === 1 && !isOver(updates.at(-1)?.status ?? '')
        ? [{ kind: 'changed', what: `${job} went on after its end` } as const]
        : []),
    ]
  })

/**
 * Each purchase of a session is charged once.
 * @param charged the idempotency keys that its vendors charged: session, digest, and calls that had failed before
 */
const chargeChecks = (charged: readonly string[]): Violation[] => {
  const bought = charged.map((key) => key.replace(/-\d+$/, ''))
  return bought
    .filter((key, index) => bought.indexOf(key) !== index)
    .map((key) => ({ kind: 'overcharged', what: `${key} was charged twice` }))
}

/** Everything that did not hold of the files that a session asked for. */
export const checkAssets = (
  story: AssetStory,
  log: readonly StudioEvent[],
  charged: readonly string[],
): Violation[] => [
  ...endChecks(story),
  ...fileChecks(story, log),
  ...jobChecks(story, log),
  ...chargeChecks(charged),
]
