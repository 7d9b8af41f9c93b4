import { runRecoveryService } from '../composition.ts'

const recovery = runRecoveryService()

/** A schedule calls every minute. A second call finds nothing left to do. */
export const handler = async (): Promise<void> => {
  await recovery.sweep()
}
