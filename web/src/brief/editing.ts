import { computed, signal } from '@preact/signals'
import type { SlotPath } from '../../../shared/client/contract.ts'
import type { Session } from '../../../shared/client/index.ts'
import { whenTurned } from '../session/conversation.ts'
import { log, lost } from '../session/current-session.ts'
import { openSession } from '../session/sending.ts'
import { isLocked, sameValue } from './slots.ts'

type Values = Parameters<Session['editBrief']>[0]

export interface Edit {
  path: SlotPath
  /** What was there before; null of an empty slot. */
  before: unknown
}

/** Whether nothing can be changed now: a run works from the brief, or its conversation is gone. */
export const isReadOnly = computed(() => lost.value !== null || isLocked(log.value.state))

/** The slots whose fields are open. */
export const editing = signal<ReadonlySet<SlotPath>>(new Set())
/** The last edit, which can be taken back. */
export const lastEdit = signal<Edit | null>(null)

export const beginEdit = (path: SlotPath): void => {
  editing.value = new Set([...editing.peek(), path])
}

export const endEdit = (path: SlotPath): void => {
  editing.value = new Set([...editing.peek()].filter((other) => other !== path))
}

/** Milliseconds after which an edit counts although the log has not told of it. */
const logMs = 1500

/** Waits until the page shows what was saved: the page shows the log. */
const isShown = (path: SlotPath, value: unknown): Promise<void> =>
  new Promise((resolve) => {
    const over = AbortSignal.timeout(logMs)
    let stop = (): void => {}
    over.addEventListener('abort', () => {
      stop()
      resolve()
    })
    stop = log.subscribe(({ slots }) => {
      if (!sameValue(slots[path]?.value, value)) return
      queueMicrotask(() => stop())
      resolve()
    })
  })

/** Saves one slot. @throws StudioProblem with the errors of its fields */
export const saveSlot = async (path: SlotPath, value: unknown): Promise<void> => {
  const before = log.peek().slots[path]?.value ?? null
  if (sameValue(before, value)) return
  const open = await openSession()
  const { brief_slots } = await open.editBrief({ [path]: value } as Values)
  // As it was stored: in its composed form, without what is there twice.
  await isShown(path, brief_slots[path]?.value)
  // Only an upload fills the picture.
  lastEdit.value = path === 'product.image_url' ? null : { path, before }
}

/** Takes the last edit back. @throws StudioProblem */
export const undoEdit = async (): Promise<void> => {
  const edit = lastEdit.peek()
  if (!edit) return
  await saveSlot(edit.path, edit.before)
  lastEdit.value = null
}

whenTurned(() => {
  editing.value = new Set()
  lastEdit.value = null
})
