import type { AssetView } from '../../../shared/client/contract.ts'
import { Button } from '../design/button.tsx'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { assetWords } from '../wording/assets.ts'
import { carryOut, doing } from './making.ts'
import { readAssets } from './open-package.ts'
import { closeTask } from './open-task.ts'

export interface DeleteTaskProps {
  asset: AssetView
  making: boolean
}

export const DeleteTask = ({ asset, making }: DeleteTaskProps) => {
  const words = assetWords.value
  const remove = () =>
    carryOut(async () => {
      await studio.run(asset.run_id).assets.delete(asset.asset_id)
      readAssets()
      toast(making ? words.cancelled : words.deleted)
    })
  return (
    <>
      {!making && <p>{words.deleteAbout}</p>}
      <div class="task-actions">
        <Button onClick={closeTask}>{words.keep}</Button>
        <Button kind="danger" busy={doing.value} onClick={() => void remove()}>
          {making ? words.stop : words.remove}
        </Button>
      </div>
    </>
  )
}
