import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { TextField } from '../design/field.tsx'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { handoffWords } from '../wording/handoff.ts'
import { shellWords } from '../wording/shell.ts'
import { codeIn } from './code.ts'
import {
  askForCode,
  endJoining,
  type Joining,
  joining,
  redeem,
  redeemFromAddress,
} from './joining.ts'

/** Takes a session over that another device handed out; also when the address brings a code. */
export const JoinDialog = () => {
  const words = handoffWords.value
  useEffect(() => {
    redeemFromAddress()
    addEventListener('hashchange', redeemFromAddress)
    return () => removeEventListener('hashchange', redeemFromAddress)
  }, [])
  const state = joining.value
  return (
    <Dialog
      title={words.joinTitle}
      open={state !== null}
      onClose={endJoining}
      closeLabel={shellWords.value.close}
      actions={state?.step === 'conflict' && <Choice state={state} />}
    >
      {state && <Step state={state} />}
    </Dialog>
  )
}

const Choice = ({ state }: { state: Extract<Joining, { step: 'conflict' }> }) => (
  <>
    <Button kind="quiet" onClick={endJoining}>
      {handoffWords.value.keepMine}
    </Button>
    <Button kind="danger" onClick={() => void redeem(state.code, { replace: true })}>
      {handoffWords.value.replace}
    </Button>
  </>
)

const Step = ({ state }: { state: Joining }) => {
  const words = handoffWords.value
  switch (state.step) {
    case 'asking':
      return <CodeForm />
    case 'redeeming':
      return <p role="status">{words.taking}</p>
    case 'conflict':
      return <p>{state.problem.message}</p>
    case 'refused':
      return (
        <ProblemNotice
          problem={state.problem}
          onAgain={state.problem.retryable ? () => void redeem(state.code) : askForCode}
          againLabel={state.problem.retryable ? undefined : words.otherCode}
        />
      )
  }
}

const CodeForm = () => {
  const words = handoffWords.value
  const text = useSignal('')
  const isWrong = useSignal(false)
  return (
    <form
      class="join-form"
      onSubmit={(event) => {
        event.preventDefault()
        const code = codeIn(text.peek())
        isWrong.value = code === null
        if (code !== null) void redeem(code)
      }}
    >
      <TextField
        label={words.codeLabel}
        hint={words.codeHint}
        error={isWrong.value ? words.codeWrong : undefined}
        inputMode="url"
        value={text.value}
        onInput={(value) => {
          text.value = value
          isWrong.value = false
        }}
      />
      <div class="actions">
        <Button kind="primary" type="submit">
          {words.take}
        </Button>
      </div>
    </form>
  )
}
