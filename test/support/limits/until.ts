import { pause } from '../../../shared/platform/pause.ts'
import { limit } from './machine-speed.ts'

/**
 * Resolves when `holds` does, in programs that run without vitest as well.
 * @throws with `what` when that takes longer than a minute on a usual machine
 */
export const until = async (
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> => {
  const end = performance.now() + limit(60_000)
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`It did not happen: ${what}.`)
    await pause(40)
  }
}
