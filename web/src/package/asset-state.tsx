import type { AssetView } from '../../../shared/client/contract.ts'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { Button } from '../design/button.tsx'
import { Progress } from '../design/progress.tsx'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { sentenceOf } from '../trouble/sentence.ts'
import { assetWords } from '../wording/assets.ts'
import { jobOf, readAssets } from './open-package.ts'
import { openTask } from './open-task.ts'
import { tellEndOf } from './started-jobs.ts'

/** The time that is left, as one says it; nothing while it is not known, or over. */
export const timeLeft = (seconds: number | null | undefined): string => {
  const words = assetWords.value
  if (!seconds || seconds < 1) return ''
  return words.left(seconds < 90 ? words.seconds(seconds) : words.minutes(Math.round(seconds / 60)))
}

const makeAgain = async ({ run_id, asset_id }: AssetView): Promise<void> => {
  try {
    const { job_id } = await studio.run(run_id).assets.generate({ asset_id })
    tellEndOf(job_id)
    readAssets()
  } catch (error) {
    toast(sentenceOf(error as StudioProblem), 'bad')
  }
}

/** An asset that has no files: on its way, failed or cancelled. */
export const AssetState = ({ asset }: { asset: AssetView }) => {
  const words = assetWords.value
  const { status } = asset
  if (status === 'completed') return null
  if (status === 'queued' || status === 'running') return <Making asset={asset} />
  return (
    <div class="asset-state" data-tone={status === 'failed' ? 'bad' : 'plain'}>
      <p class="asset-state-title">
        {status === 'failed' ? words.failedAt(words.stage[asset.stage]) : words.cancelled}
      </p>
      {asset.error && <p>{asset.error.message}</p>}
      {asset.error?.detail && <p class="asset-detail">{asset.error.detail}</p>}
      <div class="actions">
        <Button size="small" onClick={() => void makeAgain(asset)}>
          {words.again}
        </Button>
        <Button kind="quiet" size="small" onClick={() => openTask({ kind: 'delete', asset })}>
          {words.remove}
        </Button>
      </div>
    </div>
  )
}

const Making = ({ asset }: { asset: AssetView }) => {
  const words = assetWords.value
  const job = jobOf(asset.job_id)
  const isRunning = asset.status === 'running'
  return (
    <div class="asset-state">
      <Progress
        label={isRunning ? words.stage[asset.stage] : words.queued}
        value={isRunning && job ? job.progress / 100 : null}
        text={timeLeft(job?.eta_seconds)}
      />
      <Button kind="quiet" size="small" onClick={() => openTask({ kind: 'delete', asset })}>
        {words.stop}
      </Button>
    </div>
  )
}
