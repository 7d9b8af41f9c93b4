import type { FaultRates } from './chaos.ts'

/** Nothing goes wrong. */
export const noFaults: FaultRates = {
  ...{ threads: {}, deliveries: {}, mediaDeliveries: {} },
  ...{ model: 0, vendors: 0, cancels: 0 },
}

/** What goes wrong while stages are worked on; all of it is repaired within seconds of the engine's time. */
const workersDie: FaultRates = {
  threads: {
    StageWorker: { killBefore: 0.012, killAfter: 0.012, loseAnswer: 0.015, freeze: 0.002 },
    DeadLetter: { loseAnswer: 0.05 },
    MediaWorker: { killBefore: 0.002, killAfter: 0.002, loseAnswer: 0.01, freeze: 0.0005 },
    // What is paid for.
    'MediaWorker model': { killBefore: 0.05, killAfter: 0.1 },
    'MediaWorker s3': { killBefore: 0.04, killAfter: 0.04, loseAnswer: 0.03 },
    MediaDeadLetter: { loseAnswer: 0.05 },
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
  mediaDeliveries: {
    duplicated: 0.06,
    'duplicated late': 0.06,
    delayed: 0.04,
    reordered: 0.05,
    dropped: 0.01,
    poisoned: 0.01,
  },
  vendors: 0.08,
  model: 0.08,
  cancels: 0.05,
}

/** A programmer's mistakes, on failure paths and off them; no thread dies of one. */
const mistakes = { mistakeBefore: 0.003, mistakeAfter: 0.003 }
const oftenMistakes = { mistakeBefore: 0.02, mistakeAfter: 0.02 }

/** Mistakes and answers of hostile size alone: nothing has to wait for a lease or a heartbeat. */
export const onlyMistakes: FaultRates = {
  threads: {
    StageWorker: { mistakeBefore: 0.006, mistakeAfter: 0.006 },
    HttpChat: { mistakeBefore: 0.01, mistakeAfter: 0.01 },
    HttpRuns: mistakes,
    RunFinalizer: oftenMistakes,
    DeadLetter: oftenMistakes,
    Sweeper: oftenMistakes,
    MediaWorker: mistakes,
    HttpAssets: mistakes,
  },
  deliveries: { duplicated: 0.06 },
  mediaDeliveries: { duplicated: 0.06 },
  vendors: 0.12,
  model: 0.12,
  cancels: 0.05,
}

/** For the short form: rarer, and without what takes minutes of real time to be repaired. */
export const mildFaults: FaultRates = {
  ...workersDie,
  threads: {
    ...workersDie.threads,
    StageWorker: {
      ...mistakes,
      ...{ killBefore: 0.006, killAfter: 0.006, loseAnswer: 0.015, freeze: 0.001 },
    },
    // A death before the first heartbeat leaves the message hidden for minutes.
    MediaWorker: { ...mistakes, loseAnswer: 0.015 },
    HttpChat: mistakes,
    RunFinalizer: oftenMistakes,
  },
  mediaDeliveries: { duplicated: 0.06, 'duplicated late': 0.06, delayed: 0.04 },
  vendors: 0.05,
  model: 0.05,
  storeDiesEveryMs: 10_000,
}

/** Everything, everywhere. */
export const allFaults: FaultRates = {
  ...workersDie,
  threads: {
    ...workersDie.threads,
    StageWorker: { ...workersDie.threads.StageWorker, ...mistakes },
    MediaWorker: { ...workersDie.threads.MediaWorker, ...mistakes },
    HttpAssets: { ...mistakes, killBefore: 0.002, killAfter: 0.004, loseAnswer: 0.01 },
    MediaDeadLetter: { ...oftenMistakes, killBefore: 0.02, killAfter: 0.02, loseAnswer: 0.05 },
    HttpChat: mistakes,
    'HttpRuns dynamodb.TransactWriteItems': { killBefore: 0.02, killAfter: 0.04, loseAnswer: 0.05 },
    'HttpRuns states': { killBefore: 0.06, killAfter: 0.04, loseAnswer: 0.06 },
    'HttpChat dynamodb.TransactWriteItems': { killBefore: 0.01, killAfter: 0.02, loseAnswer: 0.04 },
    'HttpChat model': { killBefore: 0.02, killAfter: 0.02 },
    RunFinalizer: { ...oftenMistakes, killBefore: 0.1, killAfter: 0.05, loseAnswer: 0.1 },
    DeadLetter: { ...oftenMistakes, killBefore: 0.02, killAfter: 0.02, loseAnswer: 0.05 },
    // It makes some calls for every open run: of three sweeps one dies.
    Sweeper: { killBefore: 0.004, killAfter: 0.004, loseAnswer: 0.02 },
    SocketMessage: { killBefore: 0.01, killAfter: 0.01, loseAnswer: 0.02 },
  },
  storeDiesEveryMs: 20_000,
}
