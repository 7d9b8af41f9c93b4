import { useEffect, useRef, useState } from 'preact/hooks'
import type { StudioProblem } from '../../../shared/client/index.ts'
import { Button, IconButton } from '../design/button.tsx'
import { Chip } from '../design/card.tsx'
import { announce, toast } from '../design/status.tsx'
import { log } from '../session/current-session.ts'
import { sentenceOf } from '../trouble/sentence.ts'
import { briefWords } from '../wording/brief.ts'
import { beginEdit, editing, endEdit, isReadOnly, lastEdit, undoEdit } from './editing.ts'
import { SlotEditor } from './slot-editor.tsx'
import type { Shape, SlotValue } from './slots.ts'

/** One slot: its value with what is known about it, or its fields. */
export const SlotRow = ({ shape }: { shape: Shape }) => {
  const words = briefWords.value
  const { path, lines } = shape
  const isOpen = editing.value.has(path)
  const slot = log.value.slots[path]
  const button = useRef<HTMLElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.querySelector('button')?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  if (isOpen) {
    return (
      <div class="slot" data-open="true">
        <dt class="visually-hidden">{words.slot[path]}</dt>
        <dd class="slot-body">
          <SlotEditor shape={shape} value={slot?.value} onClose={() => endEdit(path)} />
        </dd>
      </div>
    )
  }
  return (
    <div class="slot" data-lines={lines}>
      <dt>{words.slot[path]}</dt>
      <dd class="slot-body">
        {/* A value that is new comes in softly. */}
        <div class="slot-value" key={JSON.stringify(slot?.value ?? null)}>
          {slot ? <Value value={slot.value} /> : <span class="slot-empty">{words.empty}</span>}
        </div>
        <div class="slot-about">
          {slot && <Certainty confidence={slot.confidence} />}
          {slot && (
            <Chip tone={slot.source === 'suggested' ? 'accent' : 'plain'}>
              {words.source[slot.source]}
            </Chip>
          )}
          {lastEdit.value?.path === path && <Undo />}
        </div>
      </dd>
      <dd class="slot-tools" ref={button}>
        <IconButton
          icon="edit"
          label={words.edit(words.slot[path])}
          disabled={isReadOnly.value}
          onClick={() => beginEdit(path)}
        />
      </dd>
    </div>
  )
}

const Undo = () => {
  const [busy, setBusy] = useState(false)
  const words = briefWords.value
  const undo = async (): Promise<void> => {
    setBusy(true)
    try {
      await undoEdit()
      announce(briefWords.peek().undone)
    } catch (error) {
      toast(sentenceOf(error as StudioProblem), 'bad')
    }
    setBusy(false)
  }
  return (
    <Button
      kind="quiet"
      size="small"
      icon="undo"
      busy={busy}
      disabled={isReadOnly.value}
      onClick={() => void undo()}
    >
      {words.undo}
    </Button>
  )
}

/** How sure we are, as a short line and in words. */
const Certainty = ({ confidence }: { confidence: number }) => {
  const text = briefWords.value.sure(Math.round(confidence * 100))
  return (
    <span class="certainty">
      <span class="certainty-track" aria-hidden="true">
        <span class="certainty-fill" style={{ scale: `${confidence} 1` }} />
      </span>
      {text}
    </span>
  )
}

const Value = ({ value }: { value: SlotValue }) => {
  const words = briefWords.value
  if (Array.isArray(value)) {
    return (
      <ul class="slot-list">
        {value.map((entry) => (
          <li key={entry}>{entry}</li>
        ))}
      </ul>
    )
  }
  if (typeof value === 'number') return <p>{words.seconds(value)}</p>
  const goal = value in words.goal ? words.goal[value as keyof typeof words.goal] : undefined
  return <p>{goal ?? value}</p>
}
