import * as z from 'zod'
import type { Store } from '../clients/store.ts'
import { type StageName, stageNames } from '../contracts/agents.ts'
import type { Clock } from '../platform/clock.ts'
import { expiry, stageDurationsKey } from './table-keys.ts'

/** Durations remembered for each stage. */
const remembered = 20

const Durations = z.partialRecord(z.enum(stageNames), z.array(z.number()))
/** Seconds that past runs waited for a stage, newest last; 0 of one that was done beside the stage before it. */
export type StageDurations = z.infer<typeof Durations>

export interface StageDurationRepository {
  read(): Promise<StageDurations>
  /** Of two records at the same moment one may be lost: it is an estimate. */
  record(seconds: Readonly<Partial<Record<StageName, number>>>): Promise<void>
}

export const createStageDurationRepository = (
  store: Store,
  clock: Clock,
): StageDurationRepository => {
  const read = async (): Promise<StageDurations> => {
    const item = await store.get(stageDurationsKey)
    return item ? Durations.parse(item.durations) : {}
  }
  return {
    read,
    async record(seconds) {
      const durations = await read()
      const latest = stageNames.flatMap((stage) => {
        const took = seconds[stage]
        if (took === undefined) return []
        const all = [...(durations[stage] ?? []), Math.round(took * 10) / 10]
        return [[stage, all.slice(-remembered)] as const]
      })
      await store.write([
        {
          update: stageDurationsKey,
          set: {
            durations: { ...durations, ...Object.fromEntries(latest) },
            ttl: expiry(clock.now(), 'durations'),
          },
        },
      ])
    },
  }
}
