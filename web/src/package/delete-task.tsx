import { Button } from '../design/button.tsx'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { assetWords } from '../wording/assets.ts'
import { carryOut, doing } from './making.ts'
import { readAssets, readExports } from './open-package.ts'
import { closeTask, type Task } from './open-task.ts'

export type Deletion = Extract<Task, { kind: 'delete' | 'delete-export' }>

/** Whether it is not there yet: deleting it then stops what makes it. */
export const isMaking = (task: Deletion): boolean => {
  const { status } = task.kind === 'delete' ? task.asset : task.view
  return status === 'queued' || status === 'running'
}

const remove = async (task: Deletion): Promise<void> => {
  if (task.kind === 'delete') {
    await studio.run(task.asset.run_id).assets.delete(task.asset.asset_id)
    readAssets()
  } else {
    await studio.run(task.view.run_id).exports.delete(task.view.export_id)
    readExports()
  }
}

export const DeleteTask = ({ task }: { task: Deletion }) => {
  const words = assetWords.value
  const making = isMaking(task)
  const carry = () =>
    carryOut(async () => {
      await remove(task)
      toast(making ? words.cancelled : words.deleted)
    })
  return (
    <>
      {!making && <p>{words.deleteAbout}</p>}
      <div class="task-actions">
        <Button onClick={closeTask}>{words.keep}</Button>
        <Button kind="danger" busy={doing.value} onClick={() => void carry()}>
          {making ? words.stop : words.remove}
        </Button>
      </div>
    </>
  )
}
