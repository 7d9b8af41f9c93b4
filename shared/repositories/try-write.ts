import { ConditionFailed, type Store, type Write } from '../clients/store.ts'

/** Writes all or nothing. False when a condition did not hold. */
export const tryWrite = async (store: Store, writes: Write[]): Promise<boolean> => {
  try {
    await store.write(writes)
    return true
  } catch (error) {
    if (error instanceof ConditionFailed) return false
    throw error
  }
}
