import { useSignal } from '@preact/signals'
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks'
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
  const formId = useId()
  return (
    <Dialog
      title={words.joinTitle}
      open={state !== null}
      onClose={endJoining}
      closeLabel={shellWords.value.close}
      actions={
        (state?.step === 'asking' || state?.step === 'conflict') && (
          <Actions state={state} formId={formId} />
        )
      }
    >
      {state && <Step state={state} formId={formId} />}
    </Dialog>
  )
}

interface StepProps {
  state: Joining
  /** Of the form that asks for the code. */
  formId: string
}

interface ActionsProps {
  state: Extract<Joining, { step: 'asking' | 'conflict' }>
  formId: string
}

const Actions = ({ state, formId }: ActionsProps) => {
  const words = handoffWords.value
  if (state.step === 'asking') {
    return (
      <>
        <Button kind="quiet" onClick={endJoining}>
          {words.cancel}
        </Button>
        <Button kind="primary" type="submit" form={formId}>
          {words.take}
        </Button>
      </>
    )
  }
  return (
    <>
      <Button kind="quiet" onClick={endJoining}>
        {words.keepMine}
      </Button>
      <Button kind="danger" onClick={() => void redeem(state.code, { replace: true })}>
        {words.replace}
      </Button>
    </>
  )
}

const Step = ({ state, formId }: StepProps) => {
  const words = handoffWords.value
  switch (state.step) {
    case 'asking':
      return <CodeForm id={formId} />
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

const CodeForm = ({ id }: { id: string }) => {
  const words = handoffWords.value
  const text = useSignal('')
  const isWrong = useSignal(false)
  const form = useRef<HTMLFormElement>(null)
  // Of a dialog that is open already: another code is asked for.
  useLayoutEffect(() => form.current?.querySelector('input')?.focus(), [])
  return (
    <form
      ref={form}
      id={id}
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
        autofocus
        value={text.value}
        onInput={(value) => {
          text.value = value
          isWrong.value = false
        }}
      />
    </form>
  )
}
