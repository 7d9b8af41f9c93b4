import { stageNames } from '../contracts/agents.ts'
import type { AssetType } from '../contracts/assets.ts'

export const metricNamespace = 'LaunchStudio'

export interface MetricDefinition {
  unit: 'Milliseconds' | 'Count' | 'None'
  /**
   * The sets of dimensions under which each value counts, beside `deployment`. CloudWatch
   * adds nothing up over a dimension: what an alarm needs as a total has a set of its own.
   */
  sets: readonly (readonly string[])[]
  /** The values of a dimension, where they are few and known. */
  values?: Readonly<Record<string, readonly string[]>>
  meaning: string
}

export const stageOutcomes = ['committed', 'failed', 'timeout', 'superseded'] as const
export const researchOutcomes = ['succeeded', 'timeout', 'failed'] as const
export const callOutcomes = ['succeeded', 'repaired', 'failed', 'stopped'] as const
/** Spelt out: the contract's schemas would come along to every function. */
const assetTypes = ['poster', 'narration', 'subtitles', 'video', 'export'] as const satisfies (
  | AssetType
  | 'export'
)[]
const assetOutcomes = ['completed', 'failed', 'started', 'superseded'] as const
export const turnOutcomes = ['answered', 'failed', 'stopped'] as const
export const voiceTurnOutcomes = [
  'answered',
  'planner_failed',
  'empty',
  'transcription_failed',
  'stopped',
] as const
export const interruptionCauses = ['reopened', 'resumed', 'gone'] as const

/** Every metric of the product; docs/observability.md holds this table. */
export const metrics = {
  StageLatency: {
    unit: 'Milliseconds',
    sets: [['stage', 'outcome']],
    values: { stage: stageNames, outcome: stageOutcomes },
    meaning: 'One worker’s time on one stage, however it ended; its sample count counts workers.',
  },
  StageEnd: {
    unit: 'Count',
    sets: [['outcome'], ['stage', 'outcome']],
    values: { stage: stageNames, outcome: ['committed', 'failed', 'timeout'] },
    meaning: 'A stage ended as the table has it, once per attempt, regardless of the recorder.',
  },
  ResearchEnd: {
    unit: 'Count',
    sets: [['outcome']],
    values: { outcome: researchOutcomes },
    meaning: 'A research stage ended with findings, for lack of time, or otherwise without.',
  },
  AgentCall: {
    unit: 'Count',
    sets: [['outcome'], ['agent', 'outcome']],
    values: { outcome: callOutcomes },
    meaning:
      'One call of the model by an agent: `repaired` is a second try that made up for a failed first, which counts as `failed`; `stopped` was ended by the caller or another worker.',
  },
  StreamOpened: {
    unit: 'Count',
    sets: [[], ['channel']],
    values: { channel: ['events', 'socket'] },
    meaning: 'A reader of the log began: a stream of Server-Sent Events, or a socket.',
  },
  StreamInterrupted: {
    unit: 'Count',
    sets: [[], ['cause']],
    values: { cause: interruptionCauses },
    meaning:
      'A reader lost its place while work went on: it opened a stream again behind the log’s end, resumed over a socket, or was gone when an event was pushed.',
  },
  StreamStartLatency: {
    unit: 'Milliseconds',
    sets: [[]],
    meaning: 'From the request to the first byte of a stream.',
  },
  TurnEnd: {
    unit: 'Count',
    sets: [['outcome']],
    values: { outcome: turnOutcomes },
    meaning: 'A turn of the planner ended, typed or spoken, once each, regardless of the recorder.',
  },
  TurnLatency: {
    unit: 'Milliseconds',
    sets: [['outcome']],
    values: { outcome: turnOutcomes },
    meaning: 'A worker’s time on a turn, from its message to its end.',
  },
  VoiceTurn: {
    unit: 'Count',
    sets: [['outcome']],
    values: { outcome: voiceTurnOutcomes },
    meaning:
      'A voice turn ended, once each, also after its request; a refused recording is no voice turn.',
  },
  TranscriptionLatency: {
    unit: 'Milliseconds',
    sets: [['outcome']],
    values: { outcome: ['done', 'pending', 'failed'] },
    meaning: 'One call that begins a transcription; `pending` goes on at the provider.',
  },
  SpeechLatency: {
    unit: 'Milliseconds',
    sets: [['outcome'], ['provider', 'outcome']],
    values: { outcome: ['made', 'failed'] },
    meaning: 'One try at the assistant’s voice.',
  },
  ModelTokens: {
    unit: 'Count',
    sets: [['stage']],
    meaning: 'Tokens that one call of the model used, by stage, `planner` or `picture`.',
  },
  DroppedEvidence: {
    unit: 'Count',
    sets: [[]],
    meaning: 'Evidence that research named and no search had returned.',
  },
  SocketPushFailure: {
    unit: 'Count',
    sets: [[]],
    meaning: 'An event could not be pushed to an open socket, whose client reads it from the log.',
  },
  StuckRun: {
    unit: 'Count',
    sets: [[]],
    meaning:
      'Per sweep: runs that stand still for longer than an execution may take, which no repair has ended.',
  },
  RunRepair: {
    unit: 'Count',
    sets: [['outcome']],
    values: { outcome: ['started', 'ended', 'failed'] },
    meaning: 'The sweeper repaired a run that everything else forgot, or could not.',
  },
  AssetEnd: {
    unit: 'Count',
    sets: [['outcome'], ['asset_type', 'outcome']],
    values: { asset_type: assetTypes, outcome: ['completed', 'failed', 'cancelled'] },
    meaning: 'An attempt at an asset ended as the table has it, regardless of the recorder.',
  },
  AssetLatency: {
    unit: 'Milliseconds',
    sets: [['asset_type', 'outcome']],
    values: { asset_type: assetTypes, outcome: assetOutcomes },
    meaning: 'One worker’s time on one asset; `started` left it to a vendor that works on.',
  },
  PurchaseEnd: {
    unit: 'Count',
    sets: [['outcome'], ['kind', 'outcome']],
    values: { kind: ['image', 'speech', 'film'], outcome: ['bought', 'found', 'failed'] },
    meaning: 'One call of a vendor of media, or a purchase that was made before (`found`).',
  },
  AssetRepair: {
    unit: 'Count',
    sets: [['outcome']],
    values: { outcome: ['sent', 'failed'] },
    meaning: 'The sweeper sent an asset again that everything else forgot, or could not.',
  },
  EndAnnounced: {
    unit: 'Count',
    sets: [[], ['type']],
    values: { type: ['run.ended', 'job.ended', 'asset.ended'] },
    meaning: 'The end of a run, job or asset was put on the bus, and handed to its webhooks.',
  },
  WebhookDelivery: {
    unit: 'Count',
    sets: [['outcome'], ['try', 'outcome']],
    values: { try: ['first', 'later'], outcome: ['delivered', 'failed', 'dead'] },
    meaning:
      'One try at a webhook’s receiver, the first of its delivery or a later one: `failed` is made again later, `dead` was the last or of no use.',
  },
  EndRepair: {
    unit: 'Count',
    sets: [['outcome'], ['what', 'outcome']],
    values: { what: ['end', 'delivery'], outcome: ['sent', 'failed'] },
    meaning:
      'The sweeper sent an end or a delivery again, or could not; deliveries whose next try is hours away are sent by it as a rule.',
  },
  CopyRejected: {
    unit: 'Count',
    sets: [[], ['stage']],
    meaning: 'Texts that the copy filter kept back.',
  },
  LimitRefused: {
    unit: 'Count',
    sets: [['limit']],
    meaning: 'A request beyond a limit, by the limit’s name.',
  },
  SpendUsd: {
    unit: 'None',
    sets: [[], ['service']],
    meaning: 'US dollars by the price table, settled after each paid call.',
  },
  BudgetExceeded: {
    unit: 'Count',
    sets: [['cap']],
    meaning: 'A paid call that a spend cap refused.',
  },
  CheckupFinding: {
    unit: 'Count',
    sets: [['severity']],
    values: { severity: ['warning', 'failure'] },
    meaning:
      'Per daily checkup: findings, without failures for a shutdown of a model, which `ModelDaysLeft` tells.',
  },
  ModelDaysLeft: {
    unit: 'None',
    sets: [[]],
    meaning:
      'Per daily checkup: days until the next announced shutdown of a model that is used, negative afterwards; nothing where no date is announced.',
  },
} as const satisfies Record<string, MetricDefinition>

export type MetricName = keyof typeof metrics
