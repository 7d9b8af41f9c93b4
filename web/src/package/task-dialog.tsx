import { useEffect } from 'preact/hooks'
import { Dialog } from '../design/dialog.tsx'
import { Notice } from '../design/surfaces.tsx'
import { sentenceOf } from '../trouble/sentence.ts'
import { assetWords } from '../wording/assets.ts'
import { narrationWords } from '../wording/narration.ts'
import { packageWords } from '../wording/package.ts'
import { DeleteTask, isMaking } from './delete-task.tsx'
import { MakeTask } from './make-task.tsx'
import { refusal } from './making.ts'
import { closeTask, type Task, task } from './open-task.ts'
import { RedoTask } from './redo-task.tsx'
import { ReviseTask } from './revise-task.tsx'
import { VoiceTask } from './voice-task.tsx'

const titleOf = (open: Task | null): string => {
  const words = assetWords.value
  const voiceWords = narrationWords.value
  if (open === null) return ''
  switch (open.kind) {
    case 'revise':
      return packageWords.value.reviseTitle[open.from]
    case 'make':
      return words.makeTitle
    case 'voice':
      return open.isChange ? voiceWords.changeVoice : voiceWords.makeNarration
    case 'redo':
      return words.redoTitle(words.type[open.asset.asset_type])
    case 'delete':
    case 'delete-export':
      return isMaking(open) ? words.stopTitle : words.deleteTitle
  }
}

/** The one dialog of the package: always in the page, so that the browser gives the focus back. */
export const TaskDialog = () => {
  const open = task.value
  useEffect(() => {
    refusal.value = null
  }, [open])
  return (
    <Dialog
      title={titleOf(open)}
      open={open !== null}
      onClose={closeTask}
      closeLabel={packageWords.value.close}
    >
      {open?.kind === 'revise' && <ReviseTask task={open} />}
      {open?.kind === 'make' && <MakeTask />}
      {open?.kind === 'voice' && <VoiceTask />}
      {open?.kind === 'redo' && <RedoTask asset={open.asset} />}
      {(open?.kind === 'delete' || open?.kind === 'delete-export') && <DeleteTask task={open} />}
      {refusal.value && (
        <Notice tone="bad" title={sentenceOf(refusal.value)} reference={refusal.value.code} />
      )}
    </Dialog>
  )
}
