import { type StageName, stageNames } from '../contracts/agents.ts'
import { modelLimits } from './model-limits.ts'

/**
 * Every time that has to fit into another one, in milliseconds; `lib` deploys by the same table. What
 * must hold between them is in `test/unit/rules/time-budgets.test.ts`.
 */

/** AWS's own limits: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const gatewayMs = {
  /** An HTTP API ends an integration then. */
  httpIntegration: 30_000,
  /** A WebSocket API does. */
  socketIntegration: 29_000,
} as const

/** A typed turn. */
export const turnMs = {
  /** Both tries of the planner, the pause between them included. */
  model: 26_000,
  /** How long a turn may hold the session's lease. */
  lease: 45_000,
  /** Between two looks for a stop while the model is silent. */
  watch: 500,
} as const

/** A voice turn: who waits how long for the transcript, and for the answer behind it. */
export const voiceTurnMs = {
  /** A transcription; a minute of speech takes some twenty seconds. */
  transcription: 180_000,
  /** Beyond it, until the schedule has come round and ended the turn. */
  leaseMargin: 120_000,
  /** The route waits so long in all, and for the transcript this share of it: the planner usually answers in the rest. */
  httpWait: 25_000,
  httpTranscriptShare: 0.6,
  /** The function of a frame, which has a minute. */
  socketTranscript: 25_000,
  socketAnswer: 52_000,
  /** What a stream keeps for the turn behind the transcript, and for its own end. */
  streamAnswer: 40_000,
  streamMargin: 5_000,
  /** Between two looks at the log, and at the provider. */
  poll: 200,
  providerPoll: 1_000,
} as const

/** A stage's worker. */
export const stageMs = {
  /** Between two signs of life; the state machine waits for several of them. */
  heartbeat: 3_000,
  /** A claim holds so long without one. */
  claim: 10_000,
  /** Longest pause between two looks at a stage that another worker holds. */
  retake: 2_000,
  /** Between two looks for a cancelled run while the model is silent. */
  watch: 1_000,
  /** The state machine's limit: until a worker takes the message, and between its signs of life. */
  silence: 30_000,
  /** For the queue, the commit and the token, beside the model's calls. */
  overhead: 60_000,
  /** What a stage that used up its time has to record that it did. */
  workerMargin: 20_000,
} as const

/** How long one try of a stage may take, from the message to the token: all calls of its agent, and the overhead. */
export const stageTaskMs = (stage: StageName): number =>
  modelLimits[stage].deadlineMs * modelLimits[stage].maxCalls + stageMs.overhead

/** Followers of the log: long-poll, Server-Sent Events, job streams, voice turns. */
export const followMs = {
  poll: 200,
  /**
   * Without an event, a stream that has no end of its own ends and its reader comes back. Lambda does
   * not tell that a reader has gone: this is how long one holds its function.
   */
  quiet: 30_000,
  /** Before the function's end, so that a stream ends cleanly. */
  margin: 5_000,
} as const

/** How long the older one-shot API waits for a package. */
export const launchWaitMs = { http: 26_000, stream: 110_000 } as const

/**
 * Without a change for so long, the sweeper looks after a run. It comes once a minute: a run that was
 * never started waits 90 s at most, and the rest of two minutes is for the sweep itself.
 */
export const sweepQuietMs = 30_000

/** Timeouts of the functions. */
export const functionMs = {
  usual: 10_000,
  /** What takes turns: longer than the gateway waits, because a turn goes on when its caller has gone. */
  turn: 60_000,
  runs: 30_000,
  speech: 40_000,
  /** One stream, a launch that is waited for included. */
  stream: 150_000,
  stageWorker: Math.max(...stageNames.map(stageTaskMs)) + stageMs.workerMargin,
  deadLetter: 30_000,
  runFinalizer: 30_000,
  sweeper: 50_000,
  transcriptionFinished: 90_000,
} as const

/** What CloudFront waits for a first byte, or the next one. */
export const distributionMs = {
  /** All that its quota allows unasked. */
  streamRead: 120_000,
  /** Longer than the HTTP API waits for its function, so that its own answer arrives. */
  apiRead: 40_000,
} as const
