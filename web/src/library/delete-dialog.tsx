import { useSignal } from '@preact/signals'
import type { SessionSummary } from '../../../shared/client/contract.ts'
import { StudioProblem } from '../../../shared/client/index.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { libraryWords } from '../wording/library.ts'
import { shellWords } from '../wording/shell.ts'
import { deleteSession } from './sessions.ts'

export interface DeleteDialogProps {
  /** Null when nothing is to be deleted. */
  session: SessionSummary | null
  onClose: () => void
}

/** Says what goes before it goes. */
export const DeleteDialog = ({ session, onClose }: DeleteDialogProps) => {
  const words = libraryWords.value
  const busy = useSignal(false)
  const problem = useSignal<StudioProblem | null>(null)
  const close = (): void => {
    problem.value = null
    onClose()
  }
  const erase = async (id: string): Promise<void> => {
    busy.value = true
    problem.value = null
    try {
      await deleteSession(id)
      close()
    } catch (error) {
      if (!(error instanceof StudioProblem)) throw error
      problem.value = error
    } finally {
      busy.value = false
    }
  }
  return (
    <Dialog
      title={words.deleteTitle}
      open={session !== null}
      onClose={close}
      closeLabel={shellWords.value.close}
      actions={
        <>
          <Button kind="quiet" onClick={close}>
            {words.cancel}
          </Button>
          <Button
            kind="danger"
            busy={busy.value}
            onClick={() => session && void erase(session.session_id)}
          >
            {words.delete}
          </Button>
        </>
      }
    >
      <DeleteText session={session} />
      {problem.value && <ProblemNotice problem={problem.value} />}
    </Dialog>
  )
}

const DeleteText = ({ session }: Pick<DeleteDialogProps, 'session'>) => {
  const words = libraryWords.value
  return (
    <>
      <p>
        <strong>{session?.product_name ?? words.unnamed}</strong>
      </p>
      <p>{words.deleteText}</p>
      <ul class="goes">
        {words.goes.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </>
  )
}
