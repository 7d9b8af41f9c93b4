import type { RunState } from '../contracts/runs.ts'

const finished: readonly RunState[] = ['DONE', 'FAILED', 'CANCELLED']

/** Whether a run has ended; one that failed may be resumed. */
export const isFinished = (state: RunState): boolean => finished.includes(state)
