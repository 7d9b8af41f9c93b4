import { StudioError } from '../contracts/errors.ts'
import { pause } from './pause.ts'
import { log } from './telemetry.ts'

/** Tries at work that has to be done; the pause between them doubles, from 50 ms. */
const insistTries = 5
const firstPauseMs = 50

/**
 * Does work that ends a turn or a run, and again when it throws, whatever it threw: a failure path has
 * no other to fall back on. The work has to be repeatable after it took effect. A StudioError is an
 * answer and is thrown at once.
 * @throws what the last try threw
 */
export const insist = async <T>(work: () => Promise<T>, tries = insistTries): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof StudioError || tries <= 1) throw error
    log.warn('an end was not recorded yet', { error: error as Error })
    await pause(firstPauseMs * 2 ** (insistTries - tries))
    return insist(work, tries - 1)
  }
}
