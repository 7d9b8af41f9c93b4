import type { Key } from '../clients/store.ts'
import type { StageName } from '../contracts/agents.ts'
import { packedEvents } from '../rules/event-packing.ts'
import { type RetentionKind, retention } from '../rules/retention.ts'

/** The table's primary keys, see docs/db_schema.md; those of idempotency records are made in `clients/idempotency`. */

const digits = (value: number, width: number): string => String(value).padStart(width, '0')
/** Sorts behind every key that begins with the same prefix. */
const end = '\uffff'

export const sessionPartition = (sessionId: string): string => `SESSION#${sessionId}`
export const runPartition = (runId: string): string => `RUN#${runId}`

export const sessionKey = (sessionId: string): Key => ({
  PK: sessionPartition(sessionId),
  SK: 'SESSION',
})
export const messageKey = (sessionId: string, turn: number, role: string): Key => ({
  PK: sessionPartition(sessionId),
  SK: `MESSAGE#${digits(turn, 6)}#${role}`,
})
export const eventKey = (sessionId: string, seq: number): Key => ({
  PK: sessionPartition(sessionId),
  SK: `EVENT#${digits(seq, 9)}`,
})
/** A voice turn whose transcript is not there yet. */
export const voiceTurnKey = (sessionId: string, turn: number): Key => ({
  PK: sessionPartition(sessionId),
  SK: `SPEECH#${digits(turn, 6)}`,
})
export const sessionConnectionKey = (sessionId: string, connectionId: string): Key => ({
  PK: sessionPartition(sessionId),
  SK: `CONNECTION#${connectionId}`,
})
/** The same connection by its own id, which is all that API Gateway passes with a frame. */
export const connectionKey = (connectionId: string): Key => ({
  PK: `CONNECTION#${connectionId}`,
  SK: 'CONNECTION',
})
/** A link that carries the session to another device. */
export const handoffKey = (sessionId: string, secret: string): Key => ({
  PK: sessionPartition(sessionId),
  SK: `HANDOFF#${secret}`,
})
export const ticketKey = (ticketId: string): Key => ({ PK: `TICKET#${ticketId}`, SK: 'TICKET' })
export const runKey = (runId: string): Key => ({ PK: runPartition(runId), SK: 'RUN' })
export const jobKey = (jobId: string): Key => ({ PK: `JOB#${jobId}`, SK: 'JOB' })
/** What the media queue brings: partitions of the index of open work, and beginnings of keys. */
export type WorkKind = 'ASSET' | 'EXPORT'
export const workKindOf = (id: string): WorkKind => (id.startsWith('export_') ? 'EXPORT' : 'ASSET')
/** An asset or an export of a run. */
export const workKey = (runId: string, id: string): Key => ({
  PK: runPartition(runId),
  SK: `${workKindOf(id)}#${id}`,
})
/** The assets or exports of a run, which sort before the run itself. */
export const workRange = (runId: string, kind: WorkKind) => ({
  pk: runPartition(runId),
  from: `${kind}#`,
  to: `${kind}#${end}`,
})
/** What a vendor was paid for; erased with the session. `PURCHASE#` would sort among the conversation. */
export const purchaseKey = (sessionId: string, digest: string): Key => ({
  PK: sessionPartition(sessionId),
  SK: `BOUGHT#${digest}`,
})
/**
 * How long stages took, shared by all estimates. Not `STAGES`, which functions of the version before still read
 * while a deployment exchanges them.
 */
export const stageDurationsKey: Key = { PK: 'DURATIONS', SK: 'MODES' }
export const stageKey = (runId: string, stage: StageName): Key => ({
  PK: runPartition(runId),
  SK: `STAGE#${stage}`,
})

/** What a run has spent and reserved. */
export const runSpendKey = (runId: string): Key => ({ PK: runPartition(runId), SK: 'SPEND' })
const spendPartition = (principal: string): string => `SPEND#${principal}`
/** What a principal used, spent and reserved on a day. Apart from sessions: their erasure leaves it. */
export const principalDayKey = (principal: string, day: string): Key => ({
  PK: spendPartition(principal),
  SK: `DAY#${day}`,
})
export const principalDayRange = (principal: string, from: string) => ({
  pk: spendPartition(principal),
  from: `DAY#${from}`,
  to: `DAY#${end}`,
})
/** What the deployment has spent and reserved on a day. */
export const deploymentDayKey = (day: string): Key => ({ PK: `SPENDDAY#${day}`, SK: 'DEPLOYMENT' })

/** An end that is to be announced. */
export const endPrefix = 'ENDED#'
export const endKey = (endId: string): Key => ({ PK: `${endPrefix}${endId}`, SK: 'ENDED' })
const webhookPartition = (owner: string): string => `WEBHOOKS#${owner}`
/** One of the places that a principal has for webhooks. */
export const webhookKey = (owner: string, place: number): Key => ({
  PK: webhookPartition(owner),
  SK: `WEBHOOK#${digits(place, 3)}`,
})
export const webhookRange = (owner: string) => ({
  pk: webhookPartition(owner),
  from: 'WEBHOOK#',
  to: `WEBHOOK#${end}`,
})
/** An event at a webhook. */
export const deliveryKey = (owner: string, webhookId: string, eventId: string): Key => ({
  PK: webhookPartition(owner),
  SK: `DELIVERY#${webhookId}#${eventId}`,
})
export const deliveryRange = (owner: string, webhookId: string) => ({
  pk: webhookPartition(owner),
  from: `DELIVERY#${webhookId}#`,
  to: `DELIVERY#${webhookId}#${end}`,
})

/** What research found. Outside of `runRange`: it is large, and read once. */
export const searchKey = (runId: string): Key => ({ PK: runPartition(runId), SK: 'FINDINGS' })

/** A search that a session had made before its run; by its number, from 1. `RESEARCH#` would sort among the conversation. */
export const earlySearchKey = (sessionId: string, number: number): Key => ({
  PK: sessionPartition(sessionId),
  SK: `EARLY#${digits(number, 3)}`,
})
/** What it found, apart since it is large and read once. */
export const earlyFindingsKey = (sessionId: string, number: number): Key => ({
  PK: sessionPartition(sessionId),
  SK: `EARLYFINDINGS#${digits(number, 3)}`,
})
/** All such searches, and behind them what they found. */
export const earlySearchRange = (sessionId: string) => ({
  pk: sessionPartition(sessionId),
  from: 'EARLY#',
  to: `EARLYFINDINGS#${end}`,
})

/** How much of a limit is used up: one item for each caller, address or deployment. */
export const limitKey = (limit: string, scope: string, subject: string): Key => ({
  PK: `LIMIT#${limit}#${scope}#${subject}`,
  SK: 'RATES',
})
/** The runs that a caller, or the deployment, has in progress. */
export const openRunsKey = (scope: string, subject: string): Key => ({
  PK: `LIMIT#runs_at_once#${scope}#${subject}`,
  SK: 'OPEN',
})

/** Events after a seq, from the earliest item that may hold one: that of a pack has the seq of its first. */
export const eventRange = (sessionId: string, after: number) => ({
  pk: sessionPartition(sessionId),
  from: eventKey(sessionId, Math.max(1, after + 2 - packedEvents)).SK,
  to: `EVENT#${end}`,
})
export const messageRange = (sessionId: string, afterTurn: number) => ({
  pk: sessionPartition(sessionId),
  from: `MESSAGE#${digits(afterTurn + 1, 6)}`,
  to: `MESSAGE#${end}`,
})
/** The session and its messages, which are neighbours in the partition. */
export const conversationRange = (sessionId: string) => ({
  pk: sessionPartition(sessionId),
  from: 'MESSAGE#',
  to: 'SESSION',
})
export const connectionRange = (sessionId: string) => ({
  pk: sessionPartition(sessionId),
  from: 'CONNECTION#',
  to: `CONNECTION#${end}`,
})
/** A run, what it spent and its stages. */
export const runRange = (runId: string) => ({
  pk: runPartition(runId),
  from: 'RUN',
  to: `STAGE#${end}`,
})

/** A `ttl` value, in epoch seconds: each kind of item is kept as long as the table of `rules/retention` says. */
export const expiry = (now: number, kind: RetentionKind): number =>
  Math.floor(now / 1000) + retention[kind].seconds
