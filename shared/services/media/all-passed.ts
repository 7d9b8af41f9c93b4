import type { AssetCheck } from '../../contracts/assets.ts'
import { CheckFailed } from './check-failed.ts'

/** @throws CheckFailed for the first check that a file did not pass */
export const allPassed = (checks: AssetCheck[]): AssetCheck[] => {
  const failed = checks.find(({ passed }) => !passed)
  if (failed) throw new CheckFailed(failed)
  return checks
}
