import { stageNames } from '../../contracts/agents.ts'
import type { StudioEvent } from '../../contracts/events.ts'
import type { SessionStream, StreamService } from '../log/stream-service.ts'
import type { HeldStage } from './stage-claim.ts'

/** The reason of a worker that stops and reports nothing. */
export class Superseded extends Error {}

/** One stage's way into the log: nothing of it follows an event that ended its work. */
export interface StageStream extends Pick<SessionStream, 'emit' | 'commit'> {
  /** No longer ends the stage's work. */
  close(): void
}

/** One worker's way into the log, for all of its stages: they take their turns, and none meets the other's events. */
export interface WorkerStream extends Pick<SessionStream, 'watch' | 'settled'> {
  /** Ends a stage's work by `stop` when another writer ends the stage, and no other stage with it. */
  of(task: HeldStage['task'], stop: AbortController): StageStream
}

/** Whether an event of the log means that the stage is no longer wanted. */
const endsStage = (event: StudioEvent, { run_id, stage }: HeldStage['task']): boolean => {
  if (event.run_id !== run_id) return false
  if (event.type !== 'stage.changed') return event.type === 'error'
  const at = event.data.stage
  // A stage that was begun ahead goes on while the run comes to it.
  return at === undefined || stageNames.indexOf(at) > stageNames.indexOf(stage)
}

/** @param tail the log's last seq from before the run was read under the claim */
export const openWorkerStream = (
  streams: StreamService,
  sessionId: string,
  tail: Promise<number>,
): WorkerStream => {
  const listeners = new Set<{ task: HeldStage['task']; stop: AbortController }>()
  const stream = streams.open(sessionId, {
    tail,
    looksAhead: true,
    onForeign(appended) {
      for (const { task, stop } of listeners) {
        if (appended.some((event) => endsStage(event, task))) {
          stop.abort(new Superseded('The run has ended or moved on.'))
        }
      }
    },
  })
  return {
    watch: stream.watch,
    settled: stream.settled,
    of(task, stop) {
      const listener = { task, stop }
      listeners.add(listener)
      const mayFollow = (): void => stop.signal.throwIfAborted()
      return {
        emit: (drafts) => stream.emit(drafts, mayFollow),
        commit: (drafts, writes) => stream.commit(drafts, writes, mayFollow),
        close: () => void listeners.delete(listener),
      }
    },
  }
}
