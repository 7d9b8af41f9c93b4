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
 * How large an answer may grow while it is read; what goes beyond ends its try at that character. Far
 * above what any contract allows, and small enough for one item of the table.
 */
export const answerLimits = {
  /** Bytes of a whole answer in UTF-8, blanks included. */
  bytes: 240 * 1024,
  /** UTF-16 code units of one text, or of one key. */
  textUnits: 20_000,
  keyUnits: 100,
  /** UTF-16 code units of one visible character; the longest emoji has about thirty. */
  graphemeUnits: 64,
  /** Characters of one number or literal. */
  scalarCharacters: 40,
  /** Blanks in a row, between values or within a text. */
  blanks: 1_000,
  /** Objects and lists within each other. */
  depth: 12,
} as const

/**
 * One call of the transcription provider, and how many may ask for the transcript of one recording: that
 * of the request, and one more for a request that died.
 */
export const transcriptionLimit = { deadlineMs: 25_000, maxCalls: 2 } as const

/** Speaking one text: both tries fit into the 30 s of the HTTP API. */
export const speechLimit = { deadlineMs: 12_000, maxCalls: 2 } as const
