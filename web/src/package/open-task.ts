import { signal } from '@preact/signals'
import type { AssetView, ReviseRequest, RunExportView } from '../../../shared/client/contract.ts'
import type { Positioning } from './assemble.ts'

/** What one is about to do, in a dialog. */
export type Task =
  | { kind: 'revise'; from: ReviseRequest['from']; positioning?: Positioning }
  | { kind: 'make' }
  /** `isChange` when there is a narration already. */
  | { kind: 'voice'; isChange: boolean }
  | { kind: 'redo'; asset: AssetView }
  | { kind: 'delete'; asset: AssetView }
  | { kind: 'delete-export'; view: RunExportView }

export const task = signal<Task | null>(null)

export const openTask = (next: Task): void => {
  task.value = next
}

export const closeTask = (): void => {
  task.value = null
}
