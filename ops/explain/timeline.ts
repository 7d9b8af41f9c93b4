import { type StageName, stageNames } from '../../shared/contracts/agents.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { isRunning } from '../../shared/rules/session-state.ts'

/** What a run's events come to: its log in lines, its attempts, how long its stages took. */

export interface LogLine {
  /** The event's, or the first and the last one of several. */
  seq: string
  at: string
  what: string
}

export interface Attempt {
  attempt: number
  began_at: string
  /** Null while it goes on. */
  ended_at: string | null
  /** Where it ended, or is. */
  stage: StageName | null
  ended: 'done' | 'failed' | 'cancelled' | null
  code: string | null
  /** What a vendor or a check said. */
  detail: string | null
}

type Of<T extends StudioEvent['type']> = Extract<StudioEvent, { type: T }>

/** Elements that streamed one after the other from one try of a stage. */
interface Streamed {
  first: StudioEvent
  last: StudioEvent
  kinds: Map<string, number>
}

const deltaOf = /^(research|strategy|creative|voice)\.delta$/

const elementOf = (
  event: StudioEvent,
): { stage: string; kind: string; tried: number } | undefined => {
  const [, stage] = deltaOf.exec(event.type) ?? []
  const { data } = event
  return stage !== undefined && 'kind' in data
    ? { stage, kind: data.kind, tried: data.try }
    : undefined
}

const streamedLine = ({ first, last, kinds }: Streamed): LogLine => {
  const element = elementOf(first)
  const tried = element && element.tried > 1 ? `, try ${element.tried}` : ''
  const counted = [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ')
  return {
    seq: first.seq === last.seq ? String(first.seq) : `${first.seq}-${last.seq}`,
    at: first.created_at,
    what: `${element?.stage}${tried}: ${counted}`,
  }
}

const saidOf = ({ code, detail }: { code: string; detail?: string | undefined }): string =>
  detail === undefined ? code : `${code}: ${detail}`

/** What an event says in a line; undefined for one that says nothing new. */
const lineOf = (event: StudioEvent): string | undefined => {
  switch (event.type) {
    case 'stage.changed': {
      const { from, to, stage } = event.data
      return from === to ? `${to} ${stage ?? ''}` : `${from} -> ${to}${stage ? ` ${stage}` : ''}`
    }
    case 'error':
      return `${event.data.stage} failed, ${saidOf(event.data)}`
    case 'run.completed':
      return 'the package is complete'
    case 'asset.ready':
      return `${event.data.asset_type} ${event.data.asset_id} is ready`
    case 'asset.failed':
      return `${event.data.asset_type} ${event.data.asset_id} failed at ${event.data.stage}, ${event.data.code}`
    case 'job.updated': {
      const { job_id, type, status } = event.data
      // The job of a run says what the run says.
      return type === 'generate' ? undefined : `${type} ${job_id} ${status}`
    }
    default:
      return undefined
  }
}

/** The events as lines; elements that follow each other are counted in one. */
export const logLines = (events: readonly StudioEvent[]): LogLine[] => {
  const lines: LogLine[] = []
  let streamed: Streamed | undefined
  const flush = (): void => {
    if (streamed) lines.push(streamedLine(streamed))
    streamed = undefined
  }
  for (const event of events) {
    const element = elementOf(event)
    const before = streamed && elementOf(streamed.first)
    if (element) {
      if (before?.stage !== element.stage || before.tried !== element.tried) flush()
      streamed ??= { first: event, last: event, kinds: new Map() }
      streamed.last = event
      streamed.kinds.set(element.kind, (streamed.kinds.get(element.kind) ?? 0) + 1)
      continue
    }
    const what = lineOf(event)
    if (what === undefined) continue
    flush()
    // A job that goes on says so again and again.
    if (lines.at(-1)?.what !== what)
      lines.push({ seq: String(event.seq), at: event.created_at, what })
  }
  flush()
  return lines
}

const endOf = (event: Of<'stage.changed'>): Attempt['ended'] =>
  event.data.to === 'DONE' ? 'done' : event.data.to === 'FAILED' ? 'failed' : 'cancelled'

/** The attempts that the log tells of; each begins when the session goes into its run. */
export const attemptsOf = (events: readonly StudioEvent[]): Attempt[] => {
  const attempts: Attempt[] = []
  for (const event of events) {
    const current = attempts.at(-1)
    if (event.type === 'error' && current && event.data.stage !== 'turn') {
      current.code = event.data.code
      current.detail = event.data.detail ?? null
    }
    if (event.type !== 'stage.changed') continue
    const { from, to, stage } = event.data
    if (isRunning(to) && !isRunning(from)) {
      const attempt = attempts.length + 1
      const open = { ended_at: null, ended: null, code: null, detail: null }
      attempts.push({ attempt, began_at: event.created_at, stage: stage ?? null, ...open })
    } else if (current && isRunning(to)) current.stage = stage ?? current.stage
    else if (current) {
      current.ended_at = event.created_at
      current.ended = endOf(event)
      current.stage = stage ?? current.stage
    }
  }
  return attempts
}

/** Milliseconds from the last beginning of each stage to what followed it; up to `now` for the one at work. */
export const stageTimes = (
  events: readonly StudioEvent[],
  now: number,
): Partial<Record<StageName, number>> => {
  const changes = events.filter(
    (event): event is Of<'stage.changed'> => event.type === 'stage.changed',
  )
  return Object.fromEntries(
    stageNames.flatMap((name) => {
      const at = changes.findLastIndex(({ data }) => data.stage === name && isRunning(data.to))
      const began = changes[at]
      if (!began) return []
      const next = changes[at + 1]
      const until = next ? Date.parse(next.created_at) : now
      return [[name, until - Date.parse(began.created_at)]]
    }),
  )
}

/** In words how often a run was begun again. */
export const resumesOf = (attempt: number): string => {
  const times = ['', ', resumed once', ', resumed twice'][attempt - 1]
  return times ?? `, resumed ${attempt - 1} times`
}
