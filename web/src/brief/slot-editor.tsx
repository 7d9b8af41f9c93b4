import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { Button } from '../design/button.tsx'
import { announce } from '../design/status.tsx'
import { lost } from '../session/current-session.ts'
import { sentenceOf } from '../trouble/sentence.ts'
import { briefWords } from '../wording/brief.ts'
import { saveSlot } from './editing.ts'
import { SlotFields } from './slot-fields.tsx'
import {
  errorSentence,
  errorsAt,
  type Fields,
  fieldsOf,
  readFields,
  type Shape,
  type SlotValue,
} from './slots.ts'

export interface SlotEditorProps {
  shape: Shape
  value: SlotValue | undefined
  onClose: () => void
}

type Errors = ReadonlyMap<number, string>
const none: Errors = new Map()

const useSaving = ({ shape, onClose }: SlotEditorProps, fields: Fields) => {
  const [busy, setBusy] = useState(false)
  const [errors, setErrors] = useState<Errors>(none)
  const [problem, setProblem] = useState<StudioProblem | null>(null)
  const fail = (error: StudioProblem, sent: readonly number[]): void => {
    const found = errorsAt(shape.path, error.errors ?? [], sent)
    setErrors(
      new Map([...found].map(([index, each]) => [index, errorSentence(each, briefWords.peek())])),
    )
    setProblem(found.size > 0 ? null : error)
    announce(sentenceOf(error))
  }
  const save = async (value: SlotValue | null, sent: readonly number[]): Promise<void> => {
    setBusy(true)
    try {
      await saveSlot(shape.path, value)
      announce(briefWords.peek().saved)
      onClose()
    } catch (error) {
      setBusy(false)
      fail(error as StudioProblem, sent)
    }
  }
  const submit = (): void => {
    if (busy || lost.peek()) return
    setErrors(none)
    setProblem(null)
    const read = readFields(shape, fields)
    if (read.ok) void save(read.value, read.sent)
    else setErrors(new Map([[-1, briefWords.peek().notSeconds]]))
  }
  const clear = (): void => {
    if (!busy) void save(null, [])
  }
  return { busy, errors, problem, submit, clear }
}

/** The fields of one slot, in its place. Enter saves, Escape leaves it as it was. */
export const SlotEditor = (props: SlotEditorProps) => {
  const { shape, value, onClose } = props
  const words = briefWords.value
  const [fields, setFields] = useState<Fields>(() => fieldsOf(shape, value))
  const { busy, errors, problem, submit, clear } = useSaving(props, fields)
  const isLost = lost.value !== null
  const form = useRef<HTMLFormElement>(null)
  // With the fields themselves, so that no key that follows is lost.
  useLayoutEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('input:checked, input, textarea')
    first?.focus()
    if (first instanceof HTMLTextAreaElement) first.setSelectionRange(1e6, 1e6)
  }, [])
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }, [errors])
  return (
    <form
      ref={form}
      class="slot-editor"
      aria-label={words.edit(words.slot[shape.path])}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      onKeyDown={(event) => {
        // A composition is what Escape ends first.
        if (event.key !== 'Escape' || event.isComposing) return
        event.stopPropagation()
        onClose()
      }}
    >
      <SlotFields
        shape={shape}
        fields={fields}
        errors={errors}
        onChange={setFields}
        onSubmit={submit}
      />
      {problem && (
        <p class="field-error" role="alert">
          {sentenceOf(problem)}
        </p>
      )}
      <div class="slot-editor-tools">
        <Button kind="primary" size="small" type="submit" busy={busy} disabled={isLost}>
          {words.save}
        </Button>
        <Button size="small" kind="quiet" onClick={onClose}>
          {words.cancel}
        </Button>
        {value !== undefined && (
          <Button size="small" kind="quiet" disabled={isLost} onClick={clear}>
            {words.clear}
          </Button>
        )}
      </div>
    </form>
  )
}
