import type { AgentName } from '../contracts/agents.ts'

export interface ModelLimit {
  /** Milliseconds that one call may take, from the request to the last byte. */
  deadlineMs: number
  /** Calls in one turn, or of a stage in one attempt of a run: the agent's own and one retry. */
  maxCalls: number
}

/**
 * How long and how often each agent may call the model (specification 9). Research makes two calls of
 * its own, search and shaping, and may retry one of them.
 */
export const modelLimits = {
  planner: { deadlineMs: 20_000, maxCalls: 2 },
  research: { deadlineMs: 60_000, maxCalls: 3 },
  strategy: { deadlineMs: 60_000, maxCalls: 2 },
  creative: { deadlineMs: 90_000, maxCalls: 2 },
  voice: { deadlineMs: 45_000, maxCalls: 2 },
} as const satisfies Record<AgentName, ModelLimit>

/**
 * One call of the transcription provider, and how many may ask for the transcript of one recording: that
 * of the request, and one more for a request that died.
 */
export const transcriptionLimit = { deadlineMs: 25_000, maxCalls: 2 } as const

/** Speaking one text: both tries fit into the 30 s of the HTTP API. */
export const speechLimit = { deadlineMs: 12_000, maxCalls: 2 } as const
