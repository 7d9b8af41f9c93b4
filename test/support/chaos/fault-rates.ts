import type { FaultRates } from './chaos.ts'

/** Nothing goes wrong. */
export const noFaults: FaultRates = { threads: {}, deliveries: {}, model: 0, cancels: 0 }

/** What goes wrong while stages are worked on; all of it is repaired within seconds of the engine's time. */
const workersDie: FaultRates = {
  threads: {
    StageWorker: { killBefore: 0.012, killAfter: 0.012, loseAnswer: 0.015, freeze: 0.002 },
    DeadLetter: { loseAnswer: 0.05 },
    Stream: { loseAnswer: 0.005 },
  },
  deliveries: {
    duplicated: 0.06,
    'duplicated late': 0.06,
    delayed: 0.04,
    reordered: 0.05,
    dropped: 0.01,
    poisoned: 0.01,
  },
  model: 0.08,
  cancels: 0.05,
}

/** For the short form: rarer, and without what takes minutes of real time to be repaired. */
export const mildFaults: FaultRates = {
  ...workersDie,
  threads: {
    ...workersDie.threads,
    StageWorker: { killBefore: 0.006, killAfter: 0.006, loseAnswer: 0.015, freeze: 0.001 },
  },
  model: 0.05,
  storeDiesEveryMs: 10_000,
}

/** Everything, everywhere. */
export const allFaults: FaultRates = {
  ...workersDie,
  threads: {
    ...workersDie.threads,
    'HttpRuns dynamodb.TransactWriteItems': { killBefore: 0.02, killAfter: 0.04, loseAnswer: 0.05 },
    'HttpRuns states': { killBefore: 0.06, killAfter: 0.04, loseAnswer: 0.06 },
    'HttpChat dynamodb.TransactWriteItems': { killBefore: 0.01, killAfter: 0.02, loseAnswer: 0.04 },
    'HttpChat model': { killBefore: 0.02, killAfter: 0.02 },
    RunFinalizer: { killBefore: 0.1, killAfter: 0.05, loseAnswer: 0.1 },
    DeadLetter: { killBefore: 0.02, killAfter: 0.02, loseAnswer: 0.05 },
    // It makes some calls for every open run: of three sweeps one dies.
    Sweeper: { killBefore: 0.004, killAfter: 0.004, loseAnswer: 0.02 },
    SocketMessage: { killBefore: 0.01, killAfter: 0.01, loseAnswer: 0.02 },
  },
  storeDiesEveryMs: 20_000,
}
