const minutes = 60
const hours = 60 * minutes
const days = 24 * hours

export interface Retention {
  seconds: number
  /** What counts the time: an item's ttl, the bucket's lifecycle, a log group or a queue. */
  by: 'ttl' | 'lifecycle' | 'log' | 'queue'
  /** What is kept, for the owner of the data. */
  what: string
  /** From when on. */
  from: 'last change' | 'writing'
}

/**
 * How long everything is kept that the product stores; docs/privacy.md holds this table. Whatever is of
 * a session goes with its erasure, however long it had left.
 */
export const retention = {
  session: {
    seconds: 90 * days,
    by: 'ttl',
    from: 'last change',
    what: 'A session with its brief; the item that proves the owner while an erasure goes on',
  },
  message: { seconds: 90 * days, by: 'ttl', from: 'writing', what: 'Messages of a conversation' },
  event: { seconds: 90 * days, by: 'ttl', from: 'writing', what: 'Events of the log' },
  run: { seconds: 90 * days, by: 'ttl', from: 'last change', what: 'A run with its brief' },
  stage: {
    seconds: 90 * days,
    by: 'ttl',
    from: 'last change',
    what: 'What an agent wrote, finished or partial, with its provenance',
  },
  job: { seconds: 90 * days, by: 'ttl', from: 'writing', what: 'A job, by its ids' },
  asset: {
    seconds: 90 * days,
    by: 'ttl',
    from: 'last change',
    what: 'An asset: its files by name, what it was made by, its checks and its cost',
  },
  purchase: {
    seconds: 90 * days,
    by: 'ttl',
    from: 'last change',
    what: 'What a vendor was paid for, by its digest: provider, model and price',
  },
  export: {
    seconds: 7 * days,
    by: 'ttl',
    from: 'last change',
    what: 'The export of a run: what is in it by ids, and its ZIP by name',
  },
  end: {
    seconds: 7 * days,
    by: 'ttl',
    from: 'writing',
    what: 'An end of a run, job or asset that is still to be announced, by its ids',
  },
  webhook: {
    seconds: 180 * days,
    by: 'ttl',
    from: 'last change',
    what: 'A webhook: its address, and whether its last delivery arrived. Its secret is not stored',
  },
  delivery: {
    seconds: 30 * days,
    by: 'ttl',
    from: 'writing',
    what: 'What became of an event at a webhook: ids, codes and times',
  },
  findings: {
    seconds: 1 * days,
    by: 'ttl',
    from: 'writing',
    what: 'What the searches of a run returned, for a worker that takes the stage over, or those that a session had made before it, with what was made of them',
  },
  earlySearch: {
    seconds: 90 * days,
    by: 'ttl',
    from: 'last change',
    what: 'That a session had searches made before its run: when, what became of them, counts and amounts',
  },
  voiceTurn: {
    seconds: 1 * days,
    by: 'ttl',
    from: 'writing',
    what: 'A voice turn that waits for its transcript',
  },
  connection: {
    seconds: 2 * hours + 10 * minutes,
    by: 'ttl',
    from: 'writing',
    what: 'An open socket: API Gateway keeps one for two hours at most',
  },
  handoff: {
    seconds: 5 * minutes,
    by: 'ttl',
    from: 'writing',
    what: 'A code that carries a session to another device',
  },
  ticket: {
    seconds: 1 * minutes,
    by: 'ttl',
    from: 'writing',
    what: 'A ticket that opens a socket',
  },
  answer: {
    seconds: 1 * days,
    by: 'ttl',
    from: 'writing',
    what: 'The answer to a request with an idempotency key, or to a message that names itself',
  },
  anonymousAnswer: {
    seconds: 10 * minutes,
    by: 'ttl',
    from: 'writing',
    what: 'The same for a caller without a token: ids and the greeting, under a hash of its secret',
  },
  limit: {
    seconds: 1 * days + 1 * minutes,
    by: 'ttl',
    from: 'last change',
    what: 'What a caller has left of a limit, under its principal or a keyed hash of its address',
  },
  openRuns: {
    seconds: 7 * days,
    by: 'ttl',
    from: 'last change',
    what: 'The runs that a principal has in progress, by their ids',
  },
  spendDay: {
    seconds: 40 * days,
    by: 'ttl',
    from: 'writing',
    what: 'What a principal, or the deployment, spent on a day: counts and amounts',
  },
  spendRun: {
    seconds: 90 * days,
    by: 'ttl',
    from: 'last change',
    what: 'What a run spent, and has reserved',
  },
  durations: {
    seconds: 365 * days,
    by: 'ttl',
    from: 'last change',
    what: 'How long stages took, for estimates: twenty numbers for each in each mode, of all runs together',
  },
  recording: {
    seconds: 1 * days,
    by: 'lifecycle',
    from: 'writing',
    what: 'Recordings, uploaded pictures before they are judged, and the transcripts that Amazon Transcribe writes: the conversation keeps the text',
  },
  speech: {
    seconds: 30 * days,
    by: 'lifecycle',
    from: 'writing',
    what: 'Spoken answers; one that is requested later is made again',
  },
  assetFile: {
    seconds: 91 * days,
    by: 'lifecycle',
    from: 'writing',
    what: 'Files of assets, and pictures, sounds and films that were bought for them',
  },
  exportFile: {
    seconds: 8 * days,
    by: 'lifecycle',
    from: 'writing',
    what: 'The ZIP of an export; one that is requested later is made again',
  },
  picture: {
    seconds: 180 * days,
    by: 'lifecycle',
    from: 'writing',
    what: 'Pictures of the product, as they were encoded anew: longer than most of their sessions',
  },
  log: {
    seconds: 30 * days,
    by: 'log',
    from: 'writing',
    what: 'Lines of the functions, the access log and the state machine’s log, none with content',
  },
  deadLetter: {
    seconds: 14 * days,
    by: 'queue',
    from: 'writing',
    what: 'Messages that no worker could take: ids, never content',
  },
} as const satisfies Record<string, Retention>

export type RetentionKind = keyof typeof retention

export const retentionDays = (kind: RetentionKind): number => retention[kind].seconds / days
