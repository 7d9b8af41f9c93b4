import { Annotations } from 'aws-cdk-lib'
import type { Construct } from 'constructs'
import {
  concurrencyIn,
  concurrencyName,
  mediaWorkersOf,
  type RouteKind,
  stageWorkersOf,
  streamReservationOf,
  type Throttle,
  throttleOf,
} from '../shared/rules/capacity.ts'
import { assertWorkerLeft, limitEntries } from '../shared/rules/limit-settings.ts'

/** What of the account's concurrency each part of a deployment gets. */
export interface Capacity {
  /** Concurrent executions of the account, as the deployment counts on them. */
  concurrency: number
  /** Messages of the stage queue that are worked on at once. */
  stageWorkers: number
  /** The same of the media queue. */
  mediaWorkers: number
  /** Executions for the function that streams; undefined where AWS would refuse to reserve them. */
  streamReservation: number | undefined
  throttle(kind: RouteKind): Throttle
}

/**
 * The capacity of a deployment, and the limits that follow from it, as its functions get them.
 * @param concurrency the value of LAMBDA_CONCURRENCY
 * @param limits the value of LIMITS
 * @throws Error that names the variable and its entry
 */
export const capacityOf = (
  concurrency: string | undefined,
  limits: string | undefined,
): { capacity: Capacity; limits: string } => {
  const quota = concurrencyIn(concurrency)
  const stageWorkers = stageWorkersOf(quota)
  const entries = limitEntries(stageWorkers, limits)
  assertWorkerLeft(stageWorkers, entries)
  return {
    capacity: {
      concurrency: quota,
      stageWorkers,
      mediaWorkers: mediaWorkersOf(quota),
      streamReservation: streamReservationOf(quota),
      throttle: (kind) => throttleOf(quota, kind),
    },
    limits: entries,
  }
}

/** Tells an operator what a deployment without a reservation means, since AWS would refuse to make one. */
export const warnOfSmallQuota = (
  scope: Construct,
  { streamReservation, stageWorkers }: Capacity,
) => {
  if (streamReservation !== undefined) return
  Annotations.of(scope).addWarningV2(
    'launch-studio:lambda-concurrency',
    `This deployment is sized for an account with few concurrent executions: ${stageWorkers} stages at once, and no executions reserved for streams, so that long streams can keep HTTP waiting. Ask for a higher quota (Service Quotas, AWS Lambda, "Concurrent executions", L-B99A9384) and set ${concurrencyName} to it; see docs/capacity.md.`,
  )
}
