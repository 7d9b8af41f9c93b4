import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { IconButton } from './button.tsx'
import { type EnterInput, enterAtRest, enterStep } from './enter-key.ts'
import './composer.css'

export interface ComposerProps {
  /** Names the text for those who cannot see its place. */
  label: string
  placeholder?: string | undefined
  value: string
  onInput: (value: string) => void
  /** Called with a text that is not blank, unless something goes with it. */
  onSend: (value: string) => void
  sendLabel: string
  /** What else one can send: a recording, a picture. */
  accessories?: ComponentChildren
  /** Something goes with the text, which may then be blank. */
  attached?: boolean
  /** In the place of the button that sends, while an answer is written. */
  stop?: { label: string; onStop: () => void } | undefined
  /** Nothing can be written any more; what was is there to be read and copied. */
  readOnly?: boolean
  /** Why nothing can be sent now; typing goes on. */
  blocked?: string | undefined
  /** What is announced about the text: its length near the limit, or an error. */
  note?: string | undefined
}

/** A text that grows with its lines and is sent by Enter; Shift and Enter breaks the line. */
export const Composer = (props: ComposerProps) => {
  const { label, placeholder, value, onInput, sendLabel, accessories, stop, blocked, note } = props
  const isSendable = (text: string): boolean =>
    blocked === undefined && (text.trim() !== '' || props.attached === true)
  const noteId = useId()
  const area = useRef<HTMLTextAreaElement>(null)
  const keys = useEnterKey(() => send(area.current?.value ?? ''))
  const send = (text: string): void => {
    if (isSendable(text)) props.onSend(text)
  }
  useLayoutEffect(() => grow(area.current), [value])
  const hint = blocked ?? note
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        send(value)
      }}
    >
      <textarea
        ref={area}
        class="composer-text"
        rows={1}
        aria-label={label}
        aria-describedby={hint ? noteId : undefined}
        placeholder={placeholder}
        enterkeyhint="send"
        autocomplete="off"
        readOnly={props.readOnly}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
        {...keys}
      />
      <div class="composer-tools">
        {accessories}
        <p id={noteId} class="composer-note" data-blocked={blocked !== undefined}>
          {hint}
        </p>
        {stop ? (
          <IconButton
            icon="stop"
            kind="primary"
            label={stop.label}
            onClick={(event) => {
              // The button may be the one that sends by the time that the browser acts on the press.
              event.preventDefault()
              stop.onStop()
            }}
          />
        ) : (
          <IconButton
            icon="send"
            kind="primary"
            label={sendLabel}
            type="submit"
            disabled={!isSendable(value)}
          />
        )}
      </div>
    </form>
  )
}

/** Events of a text in which Enter sends, once for one press, whatever composes the text. */
export const useEnterKey = (send: () => void) => {
  const state = useRef(enterAtRest)
  const take = (input: EnterInput, event?: Event): void => {
    const step = enterStep(state.current, input)
    state.current = step.state
    if (step.action !== 'none') event?.preventDefault()
    if (step.action === 'send') send()
  }
  return {
    onCompositionStart: () => take({ type: 'compositionstart' }),
    onCompositionUpdate: ({ data }: CompositionEvent) => take({ type: 'compositionupdate', data }),
    onCompositionEnd: ({ data }: CompositionEvent) => take({ type: 'compositionend', data }),
    onKeyDown: (event: KeyboardEvent) => take(keyOf(event), event),
    onKeyUp: () => take({ type: 'keyup' }),
    onBlur: () => take({ type: 'blur' }),
  }
}

const keyOf = ({ key, code, keyCode, isComposing, shiftKey, altKey, repeat }: KeyboardEvent) => ({
  type: 'keydown' as const,
  ...{ key, code, keyCode, isComposing, shiftKey, altKey, repeat },
})

/** Browsers with `field-sizing` do it by themselves. */
const grow = (area: HTMLTextAreaElement | null): void => {
  if (!area || CSS.supports('field-sizing', 'content')) return
  area.style.blockSize = 'auto'
  area.style.blockSize = `${area.scrollHeight}px`
}
