import { signal } from '@preact/signals'
import { StudioProblem } from '../../../shared/client/index.ts'
import { navigate, route } from '../app/navigation.ts'
import { noteLoss, session } from '../session/current-session.ts'
import { studio } from '../session/studio.ts'

export type Act = 'start' | 'stop' | 'resume'

export interface Acting {
  act: Act
  /** Of the run or, for a start, the session. */
  id: string
  problem: StudioProblem | null
}

/** What the reader has asked for: on its way, or refused. What came of it is in the log. */
export const acting = signal<Acting | null>(null)

const perform = async (act: Act, id: string, call: () => Promise<unknown>): Promise<void> => {
  if (acting.peek()?.id === id && acting.peek()?.problem === null) return
  const open = session.peek()
  const begun: Acting = { act, id, problem: null }
  acting.value = begun
  let problem: StudioProblem | null = null
  try {
    await call()
  } catch (error) {
    if (!(error instanceof StudioProblem)) throw error
    problem = error
    if (open) noteLoss(open, problem)
  }
  if (acting.peek() === begun) acting.value = problem && { ...begun, problem }
}

/** Starts a run of the session's brief, and shows it. */
export const startRun = async (): Promise<void> => {
  const open = session.peek()
  if (!open) return
  await perform('start', open.id, async () => {
    await open.generate()
    if (route.peek().sessionId === open.id) navigate({ place: 'run', sessionId: open.id })
  })
}

export const stopRun = (id: string): Promise<void> =>
  perform('stop', id, () => studio.run(id).cancel())

export const resumeRun = (id: string): Promise<void> =>
  perform('resume', id, () => studio.run(id).resume())
