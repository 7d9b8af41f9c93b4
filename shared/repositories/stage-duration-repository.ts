import * as z from 'zod'
import type { Store } from '../clients/store.ts'
import { type StageName, stageNames } from '../contracts/agents.ts'
import type { Mode } from '../contracts/session.ts'
import type { Clock } from '../platform/clock.ts'
import { log } from '../platform/telemetry.ts'
import { expiry, stageDurationsKey } from './table-keys.ts'

/** Durations remembered for each stage. */
const remembered = 20

const Durations = z.partialRecord(z.enum(stageNames), z.array(z.number()))
/** Seconds that past runs waited for a stage, newest last; 0 of one that was done beside the stage before it. */
export type StageDurations = z.infer<typeof Durations>

const ByMode = z.object({
  standard: Durations.default({}),
  fast: Durations.default({}),
} satisfies Record<Mode, z.ZodType>)
/** Those of the runs of each mode, which differ in what they do in a stage. */
export type ModeDurations = z.infer<typeof ByMode>

export interface StageDurationRepository {
  /** What is known; nothing when it cannot be read: it is an estimate, which no run waits for in vain. */
  read(): Promise<ModeDurations>
  /** Of two records at the same moment one may be lost: it is an estimate. */
  record(mode: Mode, seconds: Readonly<Partial<Record<StageName, number>>>): Promise<void>
}

export const createStageDurationRepository = (
  store: Store,
  clock: Clock,
): StageDurationRepository => {
  const stored = async (): Promise<ModeDurations> => {
    const item = await store.get(stageDurationsKey)
    return ByMode.parse(item?.durations ?? {})
  }
  return {
    async read() {
      try {
        return await stored()
      } catch (error) {
        log.warn('durations not read', { error: error as Error })
        return ByMode.parse({})
      }
    },
    async record(mode, seconds) {
      const durations = await stored()
      const known = durations[mode]
      const latest = stageNames.flatMap((stage) => {
        const took = seconds[stage]
        if (took === undefined) return []
        const all = [...(known[stage] ?? []), Math.round(took * 10) / 10]
        return [[stage, all.slice(-remembered)] as const]
      })
      await store.write([
        {
          update: stageDurationsKey,
          set: {
            durations: { ...durations, [mode]: { ...known, ...Object.fromEntries(latest) } },
            ttl: expiry(clock.now(), 'durations'),
          },
        },
      ])
    },
  }
}
