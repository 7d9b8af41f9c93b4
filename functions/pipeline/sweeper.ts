import type { Context } from 'aws-lambda'
import { invocationFacts, recordedInvocation } from '../../shared/platform/recorded-work.ts'
import { assetRecovery, exportRecovery } from '../asset-recovery-composition.ts'
import { runRecoveryService, turnRecoveryService } from '../recovery-composition.ts'
import { endRecovery } from '../webhook-composition.ts'

const runs = runRecoveryService()
const turns = turnRecoveryService()
const assets = assetRecovery()
const exports = exportRecovery()
const ends = endRecovery()

/** A schedule calls every minute. A second call finds nothing left to do. */
export const handler = async (_: unknown, context: Context): Promise<void> => {
  const facts = invocationFacts(context)
  // No sweep ends another: the function is frozen when it returns.
  const swept = await Promise.allSettled([
    recordedInvocation('sweep', { ...facts, what: 'runs' }, () => runs.sweep()),
    recordedInvocation('sweep', { ...facts, what: 'turns' }, () => turns.sweep()),
    recordedInvocation('sweep', { ...facts, what: 'assets' }, () => assets.sweep()),
    recordedInvocation('sweep', { ...facts, what: 'exports' }, () => exports.sweep()),
    recordedInvocation('sweep', { ...facts, what: 'ends' }, () => ends.sweep()),
  ])
  const failed = swept.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
}
