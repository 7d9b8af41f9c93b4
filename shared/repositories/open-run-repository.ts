import type { Item, Store } from '../clients/store.ts'
import type { Clock } from '../platform/clock.ts'
import { expiry, openRunsKey } from './table-keys.ts'

/** Whose runs are counted together. */
export interface RunGroup {
  scope: string
  subject: string
}

/** One attempt of a run, as it was counted. */
export interface CountedRun {
  run_id: string
  attempt: number
  /** Epoch milliseconds. */
  at: number
}

export interface Entered {
  admitted: boolean
  /** The attempts that are counted, the oldest first; its own among them when it was admitted. */
  counted: CountedRun[]
}

export interface OpenRunRepository {
  /** Counts an attempt, if fewer than `max` are: never more, under any concurrency. */
  enter(group: RunGroup, run: Pick<CountedRun, 'run_id' | 'attempt'>, max: number): Promise<Entered>
  /** Counts an attempt no more. Repeatable. */
  leave(group: RunGroup, run: Pick<CountedRun, 'run_id' | 'attempt'>): Promise<void>
}

/** An attempt has an attribute of its own, so that it can be taken out once, by any worker that finds it ended. */
const attributeOf = ({ run_id, attempt }: Pick<CountedRun, 'run_id' | 'attempt'>): string =>
  `${run_id}_${attempt}`

const countedIn = (item: Item | undefined): CountedRun[] =>
  Object.entries(item ?? {})
    .flatMap(([name, at]): CountedRun[] => {
      const [, run_id, attempt] = /^(run_[0-9a-z]+)_(\d+)$/.exec(name) ?? []
      return run_id === undefined ? [] : [{ run_id, attempt: Number(attempt), at: Number(at) }]
    })
    .sort((one, other) => one.at - other.at)

export const createOpenRunRepository = (store: Store, clock: Clock): OpenRunRepository => ({
  async enter({ scope, subject }, run, max) {
    const name = attributeOf(run)
    const { done, item } = await store.attempt({
      update: openRunsKey(scope, subject),
      set: { [name]: clock.now(), ttl: expiry(clock.now(), 'openRuns') },
      count: 'runs',
      condition: {
        expression: `attribute_not_exists(#${name}) AND (attribute_not_exists(#runs) OR #runs < :max)`,
        values: { ':max': max },
      },
    })
    const counted = countedIn(item)
    // The client's own retry of a request whose answer was lost finds it counted.
    const admitted = done || counted.some((one) => attributeOf(one) === name)
    return { admitted, counted }
  },
  async leave({ scope, subject }, run) {
    const name = attributeOf(run)
    await store.attempt({
      update: openRunsKey(scope, subject),
      clear: [name],
      add: { runs: -1 },
      condition: { expression: `attribute_exists(#${name})` },
    })
  },
})
