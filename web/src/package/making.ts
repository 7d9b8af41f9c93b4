import { signal } from '@preact/signals'
import type { AssetRequest } from '../../../shared/client/contract.ts'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { assetWords } from '../wording/assets.ts'
import { readAssets, runId } from './open-package.ts'
import { closeTask } from './open-task.ts'
import { tellEndOf } from './started-jobs.ts'

/** What an open dialog does, and why it could not. */
export const doing = signal(false)
export const refusal = signal<StudioProblem | null>(null)

/** Does what a dialog is for and closes it; a refusal stays in the dialog. */
export const carryOut = async (work: () => Promise<unknown>): Promise<void> => {
  doing.value = true
  refusal.value = null
  try {
    await work()
    closeTask()
  } catch (error) {
    refusal.value = error as StudioProblem
  } finally {
    doing.value = false
  }
}

/** Has assets made; `count` of them are new. */
export const make = (request: AssetRequest, count: number): Promise<void> =>
  carryOut(async () => {
    const id = runId.peek()
    if (id === null) return
    const { job_id } = await studio.run(id).assets.generate(request)
    tellEndOf(job_id)
    readAssets()
    toast(assetWords.peek().making(count), 'good')
  })
