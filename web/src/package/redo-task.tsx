import { useSignal } from '@preact/signals'
import type { AssetView } from '../../../shared/client/contract.ts'
import { Button } from '../design/button.tsx'
import { assetWords } from '../wording/assets.ts'
import { packageWords } from '../wording/package.ts'
import { EstimateView, useEstimate } from './estimate.tsx'
import { madeBy } from './estimate-rows.ts'
import { doing, make } from './making.ts'
import { NoteField } from './note-field.tsx'
import { closeTask } from './open-task.ts'
import { characterCount } from './safety.ts'

/** Characters of a note on an asset; the server says it too. */
const maxNote = 300

export const RedoTask = ({ asset }: { asset: AssetView }) => {
  const words = assetWords.value
  const note = useSignal('')
  const text = note.value.trim()
  const fits = text !== '' && characterCount(text) <= maxNote
  const request = fits ? { asset_id: asset.asset_id, note: text } : null
  const { estimate, problem } = useEstimate(request)
  return (
    <>
      <NoteField
        label={words.note}
        placeholder={words.notePlaceholder}
        max={maxNote}
        value={note.value}
        onInput={(value) => {
          note.value = value
        }}
      />
      <p class="section-note">{words.redoAbout}</p>
      {request && <EstimateView estimate={estimate} problem={problem} />}
      <div class="task-actions">
        <Button onClick={closeTask}>{packageWords.value.cancel}</Button>
        <Button
          kind="primary"
          busy={doing.value}
          disabled={!request || !estimate || madeBy(estimate) === 0}
          onClick={() => request && void make(request, estimate ? madeBy(estimate) : 1)}
        >
          {words.make}
        </Button>
      </div>
    </>
  )
}
