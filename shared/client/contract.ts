import type * as z from 'zod'
import type { routes } from '../contracts/http.ts'
import type { ErrorCode, Problem } from '../contracts/problems.ts'

export type { StageName, VoicePreset } from '../contracts/agents.ts'
export type { AssetView } from '../contracts/assets.ts'
export type { BriefSlots, Gate, SlotPath, SlotUpdate } from '../contracts/brief.ts'
export type { FailureData, StudioEvent } from '../contracts/events.ts'
export type { AssetEstimate, AssetRequest } from '../contracts/http/asset-routes.ts'
export type { RunExportView } from '../contracts/http/export-routes.ts'
export type { JobView } from '../contracts/jobs.ts'
export type { ProductImageTurn } from '../contracts/pictures.ts'
export type { ErrorBody, ErrorCode, FieldError, Problem } from '../contracts/problems.ts'
export type { ReviseRequest, RunFailure, RunSummary, RunView } from '../contracts/runs.ts'
export type {
  AssistantMessage,
  Locale,
  Message,
  Mode,
  SessionState,
  SessionSummary,
  SessionView,
} from '../contracts/session.ts'
export type { UsageReport } from '../contracts/spend.ts'
export type { VoiceTurn, VoiceTurnPending } from '../contracts/voice.ts'
export type { WebhookBody } from '../contracts/webhooks.ts'

/**
 * The route table as types. The published package replaces this module by one that is printed from the
 * schemas, so that its declarations need no zod: see `bin/client-package.ts`.
 */
type Table = typeof routes
export type RouteName = keyof Table

export type RouteOf<N extends RouteName> = {
  method: Table[N]['method']
  path: Table[N]['path']
  idempotent: Table[N]['idempotent']
  params: z.input<Table[N]['params']>
  /** What the server reads of a query string; each has a default. */
  query: Partial<z.output<Table[N]['query']>>
  body: z.input<Table[N]['body']>
  answer:
    | z.output<Table[N]['answer']>
    | (Table[N] extends { late: infer L extends z.ZodType } ? z.output<L> : never)
}

/** What a refusal can say, beside the code that every one has. */
export type ProblemCode = ErrorCode
export type ProblemBody = Problem
