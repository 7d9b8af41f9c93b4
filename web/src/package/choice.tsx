import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

export interface ChoiceProps {
  type: 'checkbox' | 'radio'
  name?: string
  checked: boolean
  onChange: () => void
  /** A few words more about it. */
  about?: string
  children: ComponentChildren
}

/** A checkbox or radio with its label as one large target. */
export const Choice = ({ type, name, checked, onChange, about, children }: ChoiceProps) => {
  const id = useId()
  return (
    <label class="choice">
      <input
        type={type}
        name={name}
        checked={checked}
        aria-describedby={about ? id : undefined}
        onChange={onChange}
      />
      <span>{children}</span>
      {about && (
        <span id={id} class="choice-about" aria-hidden="true">
          {about}
        </span>
      )}
    </label>
  )
}

export interface ChoicesProps {
  legend: string
  children: ComponentChildren
}

export const Choices = ({ legend, children }: ChoicesProps) => (
  <fieldset class="choices">
    <legend>{legend}</legend>
    {children}
  </fieldset>
)
