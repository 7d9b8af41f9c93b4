import { now } from '../clock.ts'
import { rawTurn, studio } from '../first-text.ts'
import { crowd, turnsAtOnce } from '../goodput.ts'
import type { ModelMark } from '../model-main.ts'
import { processorTimeOf } from '../process-trees.ts'
import type { EngineProcess, ModelProcess, RawClient } from '../processes.ts'
import type { Contestant, Sample } from '../rounds.ts'
import { fluent, measureRun, rawRun } from '../stages.ts'
import type { RunningPeer } from './peers.ts'

/** All that run side by side. */
export interface Field {
  engine: EngineProcess
  model: ModelProcess
  raw: RawClient
  peers: ReadonlyMap<string, RunningPeer>
}

const processorTime = (pids: readonly number[]) => async (): Promise<number> =>
  pids.reduce((sum, pid) => sum + processorTimeOf(pid), 0)

/** One streamed turn of each. */
export const turns = ({ engine, model, raw, peers }: Field, request: object): Contestant[] => [
  rawTurn(raw, model, request),
  { ...studio(engine, model, 'socket'), name: 'studio' },
  ...[...peers].map(
    ([name, peer]): Contestant => ({
      name,
      processorTime: processorTime(peer.pids),
      async measure() {
        const sentAt = now()
        const received = model.nextCall()
        const { first, wall } = await peer.turn()
        const asked = (await received).receivedAt - sentAt
        return { asked, wall, ...(first !== undefined && { first }) }
      },
    }),
  ),
]

const sumOf = (calls: readonly ModelMark[]): number =>
  calls.reduce((sum, { receivedAt, completedAt }) => sum + completedAt - receivedAt, 0)

/** Five calls of the model of each; `calls` is the time beside the sum of the calls' own. */
export const runs = (
  { engine, model, raw, peers }: Field,
  requests: readonly object[],
): Contestant[] => {
  const timed = async (work: () => Promise<unknown>): Promise<Sample> => {
    const recorded = model.record()
    const startedAt = now()
    await work()
    const wall = now() - startedAt
    return { wall, calls: wall / sumOf(recorded()) }
  }
  return [
    { ...rawRun(raw, requests), measure: () => timed(() => raw.ask(requests)) },
    {
      name: 'studio',
      processorTime: processorTime([engine.pid]),
      measure: () => measureRun(engine.origin, model, { mode: 'standard', pace: fluent }),
    },
    ...[...peers].map(
      ([name, peer]): Contestant => ({
        name,
        processorTime: processorTime(peer.pids),
        measure: () => timed(() => peer.run()),
      }),
    ),
  ]
}

/** What came to no good end once is not tried again: each try takes as long as a turn may. */
const unlessInVain = (contestant: Contestant): Contestant => {
  let inVain: Sample | undefined
  return {
    ...contestant,
    async measure() {
      const sample = inVain ?? (await contestant.measure())
      if (sample.goodput === 0) inVain = sample
      return sample
    },
  }
}

/** Many turns of each at the same moment; `goodput` counts those that come to a good end, a second. */
export const crowds = ({ engine, peers }: Field): Contestant[] => [
  crowd(engine),
  ...[...peers].map(([name, peer]) =>
    unlessInVain({
      name,
      async measure() {
        const sentAt = now()
        const ends = await Promise.allSettled(
          Array.from({ length: turnsAtOnce }, () => peer.turn()),
        )
        const seconds = (now() - sentAt) / 1000
        const good = ends.filter(({ status }) => status === 'fulfilled').length
        return { goodput: good / seconds, failed: ends.length - good }
      },
    }),
  ),
]
