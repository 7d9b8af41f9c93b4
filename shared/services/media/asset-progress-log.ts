import { ConditionFailed } from '../../clients/store.ts'
import type { MakingStage } from '../../contracts/assets.ts'
import type { Clock } from '../../platform/clock.ts'
import { log } from '../../platform/telemetry.ts'
import type { Job, JobRepository } from '../../repositories/job-repository.ts'
import type { MediaAssetRepository } from '../../repositories/media-asset-repository.ts'
import type { Work } from '../../repositories/media-work.ts'
import { assetMs } from '../../rules/media-limits.ts'
import type { StreamService } from '../log/stream-service.ts'
import { assetsJobUpdate, hasJobEnded, stateOfJob } from './asset-jobs.ts'

export interface ProgressDependencies {
  clock: Clock
  assets: MediaAssetRepository<Work>
  jobs: Pick<JobRepository, 'get' | 'advance'>
  streams: StreamService
}

interface Position {
  stage: MakingStage
  /** Percent. */
  share: number
}

const differs = (job: Job, state: NonNullable<Job['state']>): boolean =>
  job.state?.progress !== state.progress || job.state?.status !== state.status

/** Stores where an asset is, with the events of its jobs that have something to tell and have not just told. */
const write = async (
  { clock, assets, jobs, streams }: ProgressDependencies,
  { asset, leaseId }: { asset: Work; leaseId: string },
  position: Position,
): Promise<void> => {
  const [found, all] = await Promise.all([
    Promise.all(asset.job_ids.map((id) => jobs.get(id))),
    assets.list(asset.run_id),
  ])
  const now = clock.now()
  const parts = all.map((each) =>
    each.asset_id === asset.asset_id ? { ...each, status: 'running' as const, ...position } : each,
  )
  const due = found.flatMap((job) => {
    if (!job || hasJobEnded(job) || now - (job.told_at ?? 0) < assetMs.progress) return []
    const state = stateOfJob(job, parts, now)
    return differs(job, state) ? [{ job, state }] : []
  })
  const moved = assets.advance(asset, leaseId, position)
  const stream = streams.open(asset.session_id)
  try {
    await stream.commit(
      due.map(({ job, state }) => assetsJobUpdate(job, state)),
      [moved, ...due.flatMap(({ job, state }) => jobs.advance(job, state))],
    )
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error
    // Another asset of the job was first, and has told where the job is; or the claim is lost.
    if (!error.failed.includes(0) && due.length > 0) await stream.commit([], [moved])
  }
  await stream.settled()
}

/** Where a worker's asset is: the latest position is written, one write at a time and at most one a second. */
export const createProgressLog = (
  dependencies: ProgressDependencies,
  claimed: { asset: Work; leaseId: string },
) => {
  let position: Position = { stage: claimed.asset.stage, share: claimed.asset.share }
  let written: Position | undefined
  let working: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const writeLatest = async (): Promise<void> => {
    const latest = position
    written = latest
    try {
      await write(dependencies, claimed, latest)
    } catch (error) {
      log.warn('progress not written', { error })
    }
  }
  const wake = (): void => {
    if (closed || working || timer || written === position) return
    working = writeLatest().finally(() => {
      working = undefined
      if (closed) return
      timer = setTimeout(() => {
        timer = undefined
        wake()
      }, assetMs.progress)
    })
  }
  return {
    report(stage: MakingStage, share: number): void {
      const percent = Math.min(99, Math.max(position.share, Math.floor(share * 100) || 0))
      if (stage === position.stage && percent === position.share) return
      position = { stage, share: percent }
      wake()
    },
    at: (): MakingStage => position.stage,
    /** Writes nothing more, and resolves when nothing is on its way. */
    async settled(): Promise<void> {
      closed = true
      clearTimeout(timer)
      await working
    },
  }
}
