import { useSignal } from '@preact/signals'
import { navigate } from '../app/navigation.ts'
import { Button } from '../design/button.tsx'
import { toast } from '../design/status.tsx'
import { studio } from '../session/studio.ts'
import { packageWords } from '../wording/package.ts'
import { carryOut, doing } from './making.ts'
import { NoteField } from './note-field.tsx'
import { runId } from './open-package.ts'
import { closeTask, type Task } from './open-task.ts'
import { characterCount } from './safety.ts'

/** Characters of a note on a run; the server says it too. */
const maxNote = 500

export const ReviseTask = ({ task }: { task: Extract<Task, { kind: 'revise' }> }) => {
  const words = packageWords.value
  const note = useSignal('')
  const { from, positioning } = task
  const revise = () =>
    carryOut(async () => {
      const id = runId.peek()
      if (id === null) return
      const text = note.peek().trim()
      const { run_id, session_id } = await studio.run(id).revise({
        from,
        ...(positioning && { positioning_id: positioning.id }),
        ...(text !== '' && { note: text }),
      })
      toast(words.reviseStarted, 'good')
      navigate({ place: 'run', sessionId: session_id, runId: run_id })
    })
  return (
    <>
      <p>{words.reviseAbout[from]}</p>
      {positioning && <p class="task-choice">{words.revisePositioning(positioning.title)}</p>}
      <NoteField
        label={words.note}
        placeholder={words.notePlaceholder}
        max={maxNote}
        optional
        value={note.value}
        onInput={(value) => {
          note.value = value
        }}
      />
      <p class="section-note">{words.keepsThis}</p>
      <div class="task-actions">
        <Button onClick={closeTask}>{words.cancel}</Button>
        <Button
          kind="primary"
          busy={doing.value}
          disabled={characterCount(note.value) > maxNote}
          onClick={() => void revise()}
        >
          {words.startRevise}
        </Button>
      </div>
    </>
  )
}
