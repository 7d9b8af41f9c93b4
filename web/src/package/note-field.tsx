import { Field } from '../design/field.tsx'
import { packageWords } from '../wording/package.ts'
import { characterCount } from './safety.ts'

export interface NoteFieldProps {
  label: string
  placeholder: string
  /** Characters that the server takes. */
  max: number
  optional?: boolean
  value: string
  onInput: (value: string) => void
}

/** A few words on what should be different. */
export const NoteField = ({
  label,
  placeholder,
  max,
  optional,
  value,
  onInput,
}: NoteFieldProps) => {
  const words = packageWords.value
  const count = characterCount(value)
  const near = count > max * 0.8
  return (
    <Field
      label={label}
      hint={near ? undefined : optional ? words.optional : undefined}
      error={count > max ? `${count} / ${max}` : undefined}
    >
      {(control) => (
        <textarea
          {...control}
          class="input note-input"
          rows={3}
          placeholder={placeholder}
          value={value}
          onInput={({ currentTarget }) => onInput(currentTarget.value)}
        />
      )}
    </Field>
  )
}
