import type { AgentName } from '../contracts/agents.ts'
import type { CreativePart } from '../contracts/creative-parts.ts'

export interface ModelLimit {
  /** Milliseconds that one call may take, from the request to the last byte. */
  deadlineMs: number
  /** Calls in one turn, or of a stage in one attempt of a run: the agent's own, one retry, a repair of copy. */
  maxCalls: number
  /**
   * Tokens of one answer with what the model thinks before it, as the server is asked to keep to. What is
   * reserved for a call rests on it; an answer that reaches it counts as cut off. It holds the agent's largest
   * answer at more than a token for a character, and half as much thinking.
   */
  maxOutputTokens: number
  /** All calls together may take this many deadlines. */
  budget: number
}

/** What the repair of blocked texts adds to the time of an answer and its retry: it writes a part of them. */
const repairShare = 0.3

/**
 * Tokens of each answer of the creative agent, which are written side by side: each has the calls and the
 * time of the agent to itself, and together they may hold what one answer with all of them may.
 */
export const creativePartTokens = {
  copies: 40_000,
  posters: 12_000,
  film: 12_000,
} as const satisfies Record<CreativePart, number>

/**
 * How long and how often each agent may call the model (specification 9). Research makes two calls of
 * its own, search and shaping, and may retry one of them. What writes copy has one call more than its
 * answer and a retry: texts that the copy filter blocks go back to the model once (decision 36).
 * What stands for creative is each of its three answers' own, but for the tokens, which they share
 * (decision 72).
 */
export const modelLimits = {
  planner: { deadlineMs: 20_000, maxCalls: 2, budget: 2, maxOutputTokens: 16_000 },
  picture: { deadlineMs: 20_000, maxCalls: 2, budget: 2, maxOutputTokens: 8_000 },
  research: { deadlineMs: 60_000, maxCalls: 3, budget: 3, maxOutputTokens: 48_000 },
  strategy: { deadlineMs: 60_000, maxCalls: 3, budget: 2 + repairShare, maxOutputTokens: 48_000 },
  creative: { deadlineMs: 90_000, maxCalls: 3, budget: 2 + repairShare, maxOutputTokens: 64_000 },
  voice: { deadlineMs: 45_000, maxCalls: 3, budget: 2 + repairShare, maxOutputTokens: 40_000 },
} as const satisfies Record<AgentName, ModelLimit>

/**
 * One call with the server's own web search: the searches that it is asked to keep to, and the tokens that
 * the pages of one may add to its input.
 */
export const hostedSearchLimit = { maxSearches: 10, tokensPerSearch: 16_000 } as const

/**
 * Bytes of a planner's request that are reserved before its conversation is known, and so tokens at most:
 * instructions, schema, brief and what stands around the texts; and the conversation as it usually is. What
 * goes beyond is reserved once it is known.
 */
export const plannerInputBounds = { around: 40_000, history: 24_000 } as const

/**
 * How large an answer may grow while an agent reads it; what goes beyond ends its try at that character.
 * Above what any contract allows, and small enough for one item of the table.
 */
export const readerLimits = {
  /** Bytes of a whole answer in UTF-8, blanks included. */
  bytes: 240 * 1024,
  /** UTF-16 code units of one text, or of one key. */
  textUnits: 20_000,
  keyUnits: 100,
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
export const transcriptionLimit = {
  deadlineMs: 25_000,
  maxCalls: 2,
  /** A minute of speech with the times of its words has a tenth of it. */
  answerBytes: 1024 * 1024,
} as const

/** Speaking one text: both tries fit into the 30 s of the HTTP API. */
export const speechLimit = {
  deadlineMs: 12_000,
  maxCalls: 2,
  /** Seven minutes of uncompressed speech, which is more than the longest text takes. */
  audioBytes: 20_000_000,
} as const

/** Making one picture; how long it may take and how often it is asked for is in `media-limits.ts`. */
export const imageLimit = {
  /** Bytes of an answer: a picture of eight million pixels as PNG in base64 has some thirty million. */
  answerBytes: 40_000_000,
  /** Redirects from a link to the picture. */
  maxRedirects: 3,
  /** Characters of a link; those that are signed are long. */
  maxAddress: 4_096,
} as const

/**
 * What a server's stream may hold at most, before its text is read as an answer. A server that never
 * stops, or a grammar that has run into white space, ends there and not at the deadline. The longest
 * answers of the product have some 100,000 characters.
 */
export const streamLimits = {
  /** Characters of the answer and its asides. */
  characters: 1_000_000,
  /** Events of the stream. */
  events: 300_000,
  /** Items of the answer: messages, thoughts, calls of tools. */
  items: 1_000,
  /** Citations of one item, searches, and pages that one search names; more are passed over. */
  sources: 1_000,
  /** Characters of an identifier or a title; a longer one counts as none. */
  nameCharacters: 500,
  /** Tokens of one call; a server that tells more has not counted. */
  tokens: 100_000_000,
  /** Characters of one event: the last one repeats the whole answer. */
  eventCharacters: 4_000_000,
  /** Characters of lines without a blank one, which some servers leave out altogether. */
  openCharacters: 20_000_000,
  /** Bytes of an answer that came compressed, once it is decompressed: a small one may hold any number. */
  decompressedBytes: 64_000_000,
  /** White space between the values of a JSON answer. */
  blanks: 300_000,
  /** Digits of one number. */
  digits: 400,
} as const

/** Seconds that a server may ask its callers to wait; what is beyond is cut to it. */
export const maxRetryAfter = 3600

/** One page of the web, as evidence. */
export const pageLimit = {
  /** From the name's resolution to the last byte, redirects and robots.txt included. */
  deadlineMs: 8_000,
  /** Bytes of a body, decompressed. */
  maxBytes: 2_000_000,
  maxRedirects: 3,
  /** UTF-16 units of an address, and of the readable text that is kept. */
  maxAddress: 2_048,
  maxText: 100_000,
  /** UTF-16 units of text below which a page may be only a shell around a frame, or on the way to another. */
  shellText: 200,
  /** Processor time of the extraction, apart from the deadline: markup can be made to cost hours. */
  extractionMs: 3_000,
  /** Requests at a time, of one process: in all, and to one host. */
  maxRequests: 8,
  maxRequestsPerHost: 2,
} as const

/** A site's robots.txt. RFC 9309 wants 500 KiB read and five redirects followed. */
export const robotsLimit = {
  deadlineMs: 4_000,
  maxBytes: 512_000,
  maxRedirects: 5,
  /** Characters of the rules with wildcards, whose cost grows with the address's length. */
  maxWildcardLength: 50_000,
  /** Sites that a process remembers, and for how long. */
  maxSites: 500,
  keptMs: 3_600_000,
} as const

/**
 * The moderation service. A batch takes a fraction of a second; what is not judged does not go out, so it
 * is asked once more before the work fails.
 */
export const moderationLimit = {
  deadlineMs: 5_000,
  maxCalls: 2,
  /** Texts in one request. */
  maxTexts: 32,
  /** The longest wait that it may ask for before its second try. */
  maxPauseMs: 3_000,
  /** Bytes of an answer. */
  answerBytes: 1_000_000,
} as const
