import { type AgentName, type StageName, stageNames } from '../contracts/agents.ts'
import { modelLimits, transcriptionLimit } from './model-limits.ts'

/**
 * Every duration that has to fit into another one, in milliseconds, for services and `lib` alike. How
 * they relate is asserted in `test/unit/rules/time-budgets.test.ts`.
 */

/** AWS's own limits: https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
export const gatewayMs = {
  /** An HTTP API ends an integration after this. */
  httpIntegration: 30_000,
  /** A WebSocket API does after this. */
  socketIntegration: 29_000,
} as const

/** The longest that Lambda lets a function run. */
export const maxFunctionMs = 900_000

/** How long one call of each agent's model may take. */
export type Deadlines = Readonly<Record<AgentName, number>>

/** A text turn. What of it follows the planner's settings is in `turnTimes`. */
export const turnMs = {
  /** A turn over the HTTP API, whatever the settings allow: all of it must fit into one integration. */
  http: 26_000,
  /** How long a turn may hold the session's lease, at least, and how much longer than its model's calls. */
  lease: 45_000,
  leaseMargin: 5_000,
  /** What its function has beside the model's calls. */
  functionMargin: 20_000,
  /** Between two checks for a stop while the model is silent. */
  watch: 500,
  /** Between two checks for the session's erasure, which leaves no log to say so: a usual turn ends before the first. */
  erased: 5_000,
} as const

/** Finding out what the model's server can do, with `MODEL_API=auto`. */
export const probeMs = {
  /** The probe's own limit. */
  limit: 30_000,
  /** What a call waits for it before it goes on with what is usual. */
  wait: 3_000,
  /** A probe that found out too little, as of a server that was starting, is made again after this long. */
  again: 30_000,
} as const

/** A voice turn: how long each of its transports waits for the transcript, and then for the answer. */
export const voiceTurnMs = {
  /** A transcription; a minute of speech takes about twenty seconds. */
  transcription: 180_000,
  /** Added to it in the lease, until the scheduled sweep has ended the turn. */
  leaseMargin: 120_000,
  /** The route waits this long in all, and this share of it for the transcript: the planner usually answers in the rest. */
  httpWait: 25_000,
  httpTranscriptShare: 0.6,
  /** A socket's frame: the transcript, and what its function has left after the answer. */
  socketTranscript: 25_000,
  socketMargin: 8_000,
  /** What a stream reserves for the turn after the transcript, at least, and for its own end. */
  streamAnswer: 40_000,
  streamMargin: 5_000,
  /** Between two polls of the log, and of the provider. */
  poll: 200,
  providerPoll: 1_000,
} as const

/** A stage's worker. */
export const stageMs = {
  /** Between two heartbeats; the state machine tolerates several missing ones. */
  heartbeat: 3_000,
  /** A claim expires this long after the last heartbeat. */
  claim: 10_000,
  /** Longest pause before trying again to claim a stage that another worker holds. */
  retake: 2_000,
  /** Between two checks for a cancel while the model is silent. */
  watch: 1_000,
  /** The state machine's limit: until a worker takes the message, and between its heartbeats. */
  silence: 30_000,
  /** For the queue, the commit and the token, beside the model's calls. */
  overhead: 60_000,
  /** What a stage that has used up its time has left to record the timeout. */
  workerMargin: 20_000,
} as const

/** How long one task of a stage may take, from the message to the token: all calls of its agent, and the overhead. */
export const stageTaskMs = (stage: StageName, deadlines: Deadlines): number =>
  Math.ceil(deadlines[stage] * modelLimits[stage].budget) + stageMs.overhead

/** The longest stage, and the time to record that it ran out. */
export const stageWorkerMs = (deadlines: Deadlines): number =>
  Math.max(...stageNames.map((stage) => stageTaskMs(stage, deadlines))) + stageMs.workerMargin

/**
 * What a worker has to have left of its function's time to begin a stage ahead of its message.
 * @param budget milliseconds that all calls of the stage's agent may take
 */
export const stageAheadMs = (budget: number): number => budget + stageMs.workerMargin

/** An execution whose every stage is sent twice, and what is between them; half an hour when that is longer. */
export const executionMs = (deadlines: Deadlines): number =>
  Math.max(
    1_800_000,
    stageNames.reduce((sum, stage) => sum + 2 * stageTaskMs(stage, deadlines), 15_000),
  )

/** Followers of the log: long-poll, Server-Sent Events, job streams, voice turns. */
export const followMs = {
  poll: 200,
  /**
   * A stream without an end of its own ends after this long without an event, and its reader reconnects.
   * Lambda does not report that a reader has disconnected: this is how long one occupies its function.
   */
  quiet: 30_000,
  /** Between two looks at whether a reader, who can be removed, may still read. */
  access: 3_000,
  /** Before the function's timeout, so that a stream ends cleanly. */
  margin: 5_000,
} as const

/** How long the older one-shot API waits for a package. */
export const launchWaitMs = { http: 26_000, stream: 110_000 } as const

/**
 * The sweeper examines a run after this long without a change. It runs once a minute: a run that was
 * never started waits 90 s at most, and the rest of two minutes is for the sweep itself.
 */
export const sweepQuietMs = 30_000

/** A run without a change for longer than an execution may take is stuck: no repair has ended it. */
export const stuckRunMs = 2_100_000

/** Timeouts of the functions; those that take turns or stages may have longer ones, by their settings. */
export const functionMs = {
  usual: 10_000,
  /** Functions that take turns: longer than the gateway waits, because a turn continues without its caller. */
  turn: 60_000,
  runs: 30_000,
  /** As long as a turn. */
  pictures: 60_000,
  speech: 40_000,
  /** One stream, or a launch that waits for its package. */
  stream: 150_000,
  deadLetter: 30_000,
  runFinalizer: 30_000,
  sweeper: 50_000,
  transcriptionFinished: 90_000,
  assets: 30_000,
  mediaWorker: 900_000,
  mediaDeadLetter: 30_000,
  /** Each server is asked twice at most, all side by side. */
  checkup: 90_000,
  announcer: 30_000,
  /** One try at a receiver, and what is written before and after it. */
  webhookSender: 30_000,
} as const

/**
 * What of a turn follows the planner's settings.
 * @param model milliseconds that all calls of one turn may take
 * @param transcription milliseconds that one call for a transcript may take
 */
export const turnTimes = (model: number, transcription: number = transcriptionLimit.deadlineMs) => {
  const turn = Math.max(functionMs.turn, model + turnMs.functionMargin)
  return {
    lease: Math.max(turnMs.lease, model + turnMs.leaseMargin),
    /** The function of the sockets. */
    function: turn,
    /** A socket's frame with a recording, up to the answer. */
    socketAnswer: turn - voiceTurnMs.socketMargin,
    /** The function of the streams, which wait for a package or a transcript too. */
    stream: Math.max(functionMs.stream, launchWaitMs.stream + model),
    /** What a stream reserves for the turn after a transcript. */
    streamAnswer: Math.max(voiceTurnMs.streamAnswer, model + voiceTurnMs.streamMargin),
    /** The function that looks twice for a transcript and takes its turn. */
    transcriptionFinished: Math.max(functionMs.transcriptionFinished, model + 2 * transcription),
  }
}

/** The longest call for a transcript with which the longest turn fits behind two of them. */
export const maxTranscriptionMs = Math.floor(launchWaitMs.stream / 2)

/** The longest deadline of one call with which all calls, and what surrounds them, fit into a function. */
export const maxDeadlineMs = (agent: AgentName): number => {
  // A turn with a picture comes over the HTTP API alone.
  if (agent === 'picture') return turnMs.http
  const surroundings =
    agent === 'planner' ? launchWaitMs.stream : stageMs.overhead + stageMs.workerMargin
  return Math.floor((maxFunctionMs - surroundings) / modelLimits[agent].budget)
}

/** How long CloudFront waits for the first byte, or the next one. */
export const distributionMs = {
  /** The most that the default quota allows. */
  streamRead: 120_000,
  /** Longer than the HTTP API waits for its function, so that the API's own answer arrives. */
  apiRead: 40_000,
} as const
