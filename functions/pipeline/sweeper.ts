import { runRecoveryService, turnRecoveryService } from '../composition.ts'

const runs = runRecoveryService()
const turns = turnRecoveryService()

/** A schedule calls every minute. A second call finds nothing left to do. */
export const handler = async (): Promise<void> => {
  await Promise.all([runs.sweep(), turns.sweep()])
}
