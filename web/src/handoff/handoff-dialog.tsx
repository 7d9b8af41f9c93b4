import { signal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { RouteOf } from '../../../shared/client/contract.ts'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { now } from '../app/now.ts'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { ProblemNotice } from '../trouble/problem-notice.tsx'
import { handoffWords } from '../wording/handoff.ts'
import { shellWords } from '../wording/shell.ts'
import { duration } from '../wording/time.ts'
import { linkOf } from './code.ts'
import { QrCode } from './qr-code.tsx'
import './handoff.css'

type Code = RouteOf<'createHandoff'>['answer']

export interface Handing {
  sessionId: string
  /** Null while it is being made. */
  code: Code | null
  problem: StudioProblem | null
}

export const handing = signal<Handing | null>(null)

const endHanding = (): void => {
  handing.value = null
}

/** Makes a code for another device. The one before it stays good until it expires or is used. */
export const handOver = async (sessionId: string): Promise<void> => {
  const begun: Handing = { sessionId, code: null, problem: null }
  handing.value = begun
  const settle = (change: Partial<Handing>): void => {
    // Not when the dialog was closed, or another code asked for, meanwhile.
    if (handing.peek() === begun) handing.value = { ...begun, ...change }
  }
  await studio
    .session(sessionId)
    .handoff()
    .then(
      (code) => settle({ code }),
      (problem: StudioProblem) => settle({ problem }),
    )
}

/** Carries the conversation to a phone: a link, and the same as a QR code. */
export const HandoffDialog = () => {
  const state = handing.value
  return (
    <Dialog
      title={handoffWords.value.title}
      open={state !== null}
      onClose={endHanding}
      closeLabel={shellWords.value.close}
    >
      {state && <HandoffSheet state={state} onAgain={() => void handOver(state.sessionId)} />}
    </Dialog>
  )
}

const isThisComputer = ({ hostname }: Location): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')

export const HandoffSheet = ({ state, onAgain }: { state: Handing; onAgain: () => void }) => {
  const words = handoffWords.value
  const { code, problem } = state
  if (problem) return <ProblemNotice problem={problem} onAgain={onAgain} />
  const link = code && linkOf(code.code, location)
  const left = code ? Date.parse(code.expires_at) - now.value : 0
  const isOver = code !== null && left <= 0
  return (
    <div class="handoff">
      <div class="handoff-code" data-over={isOver}>
        {link && !isOver && <QrCode text={link} label={words.qr} />}
        {isOver && <p>{words.expired}</p>}
      </div>
      <div class="handoff-how">
        <p>{words.how}</p>
        {isThisComputer(location) && <p class="handoff-warning">{words.thisComputer}</p>}
        <p class="handoff-left">{code && !isOver ? words.left(duration(left)) : '\u00a0'}</p>
        <LinkField link={link && !isOver ? link : ''} />
        <div class="actions">
          <Button size="small" busy={code === null} onClick={onAgain}>
            {words.newCode}
          </Button>
        </div>
      </div>
      <p class="handoff-whole">{words.whole}</p>
    </div>
  )
}

const LinkField = ({ link }: { link: string }) => {
  const words = handoffWords.value
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.setSelectionRange(0, 0), [link])
  const copy = async (): Promise<void> => {
    input.current?.select()
    try {
      await navigator.clipboard.writeText(link)
      toast(words.copied, 'good')
    } catch {
      // Pages without TLS have no clipboard, and others may be refused it.
      toast(words.selected)
    }
  }
  return (
    <div class="handoff-link">
      <input
        ref={input}
        class="input"
        readOnly
        aria-label={words.link}
        value={link}
        onFocus={({ currentTarget }) => currentTarget.select()}
      />
      <Button icon="copy" disabled={link === ''} onClick={() => void copy()}>
        {words.copy}
      </Button>
    </div>
  )
}
