import { useSignal } from '@preact/signals'
import { StudioProblem } from '../../../shared/client/index.ts'
import { Button } from '../design/button.tsx'
import { Card } from '../design/card.tsx'
import { Dialog } from '../design/dialog.tsx'
import { toast } from '../design/status.tsx'
import { handOver } from '../handoff/handoff-dialog.tsx'
import { signOut } from '../handoff/identity.ts'
import { askForCode } from '../handoff/joining.ts'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { handoffWords } from '../wording/handoff.ts'
import { shellWords } from '../wording/shell.ts'
import { readShelf } from './sessions.ts'

/** What this browser may open, how another device gets that, and how this one gives it up. */
export const Device = ({ sessionId }: { sessionId: string | null }) => {
  const words = handoffWords.value
  const asks = useSignal(false)
  const close = (): void => {
    asks.value = false
  }
  return (
    <Card title={words.device}>
      <p class="session-about">{words.deviceText}</p>
      <div class="actions">
        {sessionId && (
          <Button size="small" icon="link" onClick={() => void handOver(sessionId)}>
            {words.title}
          </Button>
        )}
        <Button size="small" onClick={askForCode}>
          {words.joinTitle}
        </Button>
        <Button
          size="small"
          kind="quiet"
          onClick={() => {
            asks.value = true
          }}
        >
          {words.signOut}
        </Button>
      </div>
      <SignOut open={asks.value} onClose={close} />
    </Card>
  )
}

const SignOut = ({ open, onClose }: { open: boolean; onClose: () => void }) => {
  const words = handoffWords.value
  const problem = useSignal<StudioProblem | null>(null)
  const leave = async (): Promise<void> => {
    problem.value = null
    try {
      await signOut()
      onClose()
      toast(words.signedOut)
      void readShelf()
    } catch (error) {
      if (!(error instanceof StudioProblem)) throw error
      problem.value = error
    }
  }
  return (
    <Dialog
      title={words.signOutTitle}
      open={open}
      onClose={onClose}
      closeLabel={shellWords.value.close}
      actions={
        <>
          <Button kind="quiet" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button kind="danger" onClick={() => void leave()}>
            {words.signOut}
          </Button>
        </>
      }
    >
      <p>{words.signOutText}</p>
      {problem.value && <ProblemNotice problem={problem.value} />}
    </Dialog>
  )
}
