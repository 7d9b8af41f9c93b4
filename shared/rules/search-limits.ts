/** Sizes and durations of web research, for the clients that search and the agent that reads. */
export const searchLimits = {
  /** Queries that the model may write for one run. */
  queries: 8,
  /** UTF-16 code units of one query: Naver and Brave refuse longer ones. */
  queryLength: 100,
  /** Results that are kept of one query. */
  resultsPerQuery: 5,
  /** Milliseconds that one request to a search provider may take, from the request to the last byte. */
  requestMs: 8_000,
  /** Longest wait for a rate limit to pass when no other provider can take over. */
  limitWaitMs: 2_000,
  /** Bytes of a provider's answer; a page of results has some tens of thousands. */
  answerBytes: 2_000_000,
  /** UTF-16 code units of an address, a title and a snippet. */
  addressLength: 2_000,
  titleLength: 200,
  snippetLength: 500,
} as const

/** What of the pages that a search returned is read, and given to the model. */
export const readingLimits = {
  /** Pages that are read for one run, and of these for one query: the others are known by their snippet. */
  pages: 16,
  pagesPerQuery: 3,
  /** Milliseconds for the searches and pages that are not there yet when the model has finished. */
  settleMs: 12_000,
  /** Sources that are given to the model; those that were read come first. */
  sources: 40,
  /** UTF-16 code units of a page that are given to the model, and of what the search itself wrote. */
  passageLength: 1_200,
  findingsLength: 20_000,
  /** Bytes of what one run keeps of its search, for a worker that takes its stage over. */
  keptBytes: 64_000,
  /** Milliseconds for which another attempt of the run uses it again. */
  keptMs: 6 * 60 * 60 * 1000,
} as const

/**
 * Confidence of evidence that stands only in a search snippet: half of what the model gave it, and
 * never more than this.
 */
export const unverifiedConfidence = { factor: 0.5, most: 0.4 } as const
