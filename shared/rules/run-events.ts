import type { StudioEvent } from '../contracts/events.ts'
import { isRunning } from './session-state.ts'

/** Whether an event ends a run (true), shows one at work (false) or neither. */
export const endsRun = (event: StudioEvent): boolean | undefined => {
  if (event.run_id === undefined) return undefined
  if (event.type === 'run.completed' || event.type === 'error') return true
  if (event.type !== 'stage.changed') return undefined
  const { state } = event.data
  if (isRunning(state)) return false
  // DONE and FAILED are followed by an event that says so; back in the brief means cancelled.
  return state === 'DONE' || state === 'FAILED' ? undefined : true
}
