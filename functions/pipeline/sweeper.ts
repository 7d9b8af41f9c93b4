import { runRecoveryService, turnRecoveryService } from '../composition.ts'

const runs = runRecoveryService()
const turns = turnRecoveryService()

/** A schedule calls every minute. A second call finds nothing left to do. */
export const handler = async (): Promise<void> => {
  // Neither sweep ends the other: the function is frozen when it returns.
  const swept = await Promise.allSettled([runs.sweep(), turns.sweep()])
  const failed = swept.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}
