import { useId, useRef } from 'preact/hooks'
import { Button, IconButton } from '../design/button.tsx'
import { useEnterKey } from '../design/composer.tsx'
import { Field } from '../design/field.tsx'
import { briefWords } from '../wording/brief.ts'
import { type Fields, goals, type Shape } from './slots.ts'

export interface SlotFieldsProps {
  shape: Shape
  fields: Fields
  /** By field, and -1 for the slot as a whole. */
  errors: ReadonlyMap<number, string>
  onChange: (fields: Fields) => void
  onSubmit: () => void
}

export const SlotFields = (props: SlotFieldsProps) => {
  const { kind } = props.shape
  if (kind === 'list') return <ListFields {...props} />
  if (kind === 'goal') return <GoalFields {...props} />
  return kind === 'seconds' ? <SecondsField {...props} /> : <TextArea {...props} />
}

const errorOf = (errors: SlotFieldsProps['errors']): string | undefined =>
  errors.get(-1) ?? errors.get(0)

/** Enter saves, also while Hangul is composed; Shift and Enter breaks the line. */
const TextArea = ({ shape, fields, errors, onChange, onSubmit }: SlotFieldsProps) => {
  const words = briefWords.value
  const keys = useEnterKey(onSubmit)
  return (
    <Field label={words.slot[shape.path]} hint={words.wanted[shape.path]} error={errorOf(errors)}>
      {(control) => (
        <textarea
          {...control}
          class="input slot-text"
          rows={2}
          enterkeyhint="done"
          value={fields[0]}
          onInput={({ currentTarget }) => onChange([currentTarget.value])}
          {...keys}
        />
      )}
    </Field>
  )
}

const SecondsField = ({ shape, fields, errors, onChange }: SlotFieldsProps) => {
  const words = briefWords.value
  return (
    <Field label={words.slot[shape.path]} hint={words.wanted[shape.path]} error={errorOf(errors)}>
      {(control) => (
        <input
          {...control}
          type="text"
          class="input slot-number"
          inputMode="numeric"
          autocomplete="off"
          enterkeyhint="done"
          value={fields[0]}
          onInput={({ currentTarget }) => onChange([currentTarget.value])}
        />
      )}
    </Field>
  )
}

const GoalFields = ({ shape, fields, errors, onChange }: SlotFieldsProps) => {
  const words = briefWords.value
  const name = useId()
  return (
    <fieldset class="slot-choices" aria-describedby={`${name}-error`}>
      <legend>{words.slot[shape.path]}</legend>
      {goals.map((goal) => (
        <label key={goal} class="slot-choice">
          <input
            type="radio"
            name={name}
            value={goal}
            checked={fields[0] === goal}
            onChange={() => onChange([goal])}
          />
          {words.goal[goal]}
        </label>
      ))}
      <p id={`${name}-error`} class="field-error">
        {errorOf(errors)}
      </p>
    </fieldset>
  )
}

const ListFields = ({ shape, fields, errors, onChange, onSubmit }: SlotFieldsProps) => {
  const words = briefWords.value
  const id = useId()
  const list = useRef<HTMLFieldSetElement>(null)
  const whole = errors.get(-1)
  /** The field that is there once the page has changed. */
  const focus = (index: number): void => {
    requestAnimationFrame(() =>
      list.current?.querySelectorAll<HTMLElement>('.input')[Math.max(0, index)]?.focus(),
    )
  }
  return (
    <fieldset class="slot-entries" ref={list} aria-describedby={`${id}-hint`}>
      <legend>{words.slot[shape.path]}</legend>
      <p id={`${id}-hint`} class="field-hint">
        {words.wanted[shape.path]}
      </p>
      {fields.map((field, index) => (
        <Entry
          // An entry has no other name than its place.
          key={index}
          label={words.entry(words.slot[shape.path], index + 1)}
          value={field}
          error={errors.get(index)}
          onInput={(value) => onChange(fields.with(index, value))}
          onSubmit={onSubmit}
          onRemove={
            fields.length > 1
              ? () => {
                  onChange(fields.toSpliced(index, 1))
                  focus(index - 1)
                }
              : undefined
          }
        />
      ))}
      {whole && <p class="field-error">{whole}</p>}
      {fields.length < (shape.most ?? 1) && (
        <Button
          size="small"
          kind="quiet"
          icon="plus"
          onClick={() => {
            onChange([...fields, ''])
            focus(fields.length)
          }}
        >
          {words.addEntry}
        </Button>
      )}
    </fieldset>
  )
}

interface EntryProps {
  label: string
  value: string
  error: string | undefined
  onInput: (value: string) => void
  onSubmit: () => void
  onRemove: (() => void) | undefined
}

const Entry = ({ label, value, error, onInput, onSubmit, onRemove }: EntryProps) => {
  const id = useId()
  const keys = useEnterKey(onSubmit)
  return (
    <div class="slot-entry">
      <input
        type="text"
        class="input"
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? id : undefined}
        autocomplete="off"
        enterkeyhint="done"
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
        {...keys}
      />
      {onRemove && (
        <IconButton icon="close" label={briefWords.value.removeEntry(label)} onClick={onRemove} />
      )}
      {error && (
        <p id={id} class="field-error">
          {error}
        </p>
      )}
    </div>
  )
}
