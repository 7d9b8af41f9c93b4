import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './field.css'

/** What connects a control with its label, hint and error. */
export interface ControlProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

export interface FieldProps {
  label: string
  hint?: string | undefined
  /** What is wrong with the value and how to mend it. */
  error?: string | undefined
  /** The control, with what connects it. */
  children: (control: ControlProps) => ComponentChildren
}

export const Field = ({ label, hint, error, children }: FieldProps) => {
  const id = useId()
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`]
  const described = [hint && hintId, error && errorId].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-describedby': described || undefined,
        'aria-invalid': error ? true : undefined,
      })}
      {hint && (
        <p id={hintId} class="field-hint">
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} class="field-error">
          {error}
        </p>
      )}
    </div>
  )
}

export interface TextFieldProps extends Pick<FieldProps, 'label' | 'hint' | 'error'> {
  value?: string
  placeholder?: string
  disabled?: boolean
  required?: boolean
  maxLength?: number
  /** Has the focus when the dialog that it is in opens. */
  autofocus?: boolean
  inputMode?: 'text' | 'decimal' | 'numeric' | 'url'
  onInput?: (value: string) => void
}

export const TextField = ({ label, hint, error, onInput, ...native }: TextFieldProps) => (
  <Field label={label} hint={hint} error={error}>
    {(control) => (
      <input
        type="text"
        autocomplete="off"
        {...native}
        {...control}
        class="input"
        onInput={({ currentTarget }) => onInput?.(currentTarget.value)}
      />
    )}
  </Field>
)
