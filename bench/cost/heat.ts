import type { CostRecord } from './records.ts'

/** Items and index partitions that all sessions of a deployment share. */
const sharedKeys: readonly [name: string, fits: (pk: string) => boolean][] = [
  [
    'limits: one counter of the deployment',
    (pk) => /^LIMIT#(?!runs_at_once)[^#]+#deployment/.test(pk),
  ],
  [
    'limits: runs in progress of the deployment',
    (pk) => pk.startsWith('LIMIT#runs_at_once#deployment'),
  ],
  ['spending: the deployment’s day', (pk) => pk.startsWith('SPENDDAY#')],
  ['durations of stages', (pk) => pk.startsWith('DURATIONS')],
]

export interface SharedHeat {
  key: string
  /** Requests and write units of the whole part, of one repetition. */
  requests: number
  writeUnits: number
}

interface Touch {
  pk: string
  sk: string
  units: number
  at: number
}

const touches = (records: readonly CostRecord[]): Touch[] =>
  records.flatMap((record) =>
    record.kind === 'call' && record.service === 'dynamodb'
      ? record.request.heat.map((heat) => ({ ...heat, at: record.at }))
      : [],
  )

/** The item of each shared counter that is written most: counters of several limits are items of their own. */
export const sharedHeatOf = (records: readonly CostRecord[], times: number): SharedHeat[] => {
  const written = touches(records)
  return sharedKeys.flatMap(([key, fits]) => {
    const items = new Map<string, SharedHeat>()
    for (const { pk, units } of written.filter((touch) => fits(touch.pk))) {
      const sum = items.get(pk) ?? { key, requests: 0, writeUnits: 0 }
      sum.requests += 1 / times
      sum.writeUnits += units / times
      items.set(pk, sum)
    }
    const [most] = [...items.values()].sort((one, other) => other.writeUnits - one.writeUnits)
    return most ? [most] : []
  })
}

export interface PartitionHeat {
  /** The kind of partition: `SESSION`, `RUN`. */
  partition: string
  writesPerSecond: number
  writeUnitsPerSecond: number
  readUnitsPerSecond: number
}

const windowMs = 1_000

const peakOf = (points: readonly { at: number; value: number }[]): number => {
  const sorted = [...points].sort((one, other) => one.at - other.at)
  let [peak, sum, from] = [0, 0, 0]
  for (const { at, value } of sorted) {
    sum += value
    while ((sorted[from]?.at ?? at) <= at - windowMs) {
      sum -= sorted[from]?.value ?? 0
      from += 1
    }
    peak = Math.max(peak, sum)
  }
  return peak
}

/** The busiest second of one session's and of one run's partition. */
export const partitionHeatOf = (records: readonly CostRecord[]): PartitionHeat[] =>
  ['SESSION', 'RUN'].map((partition) => {
    const own = touches(records).filter(({ pk }) => pk.startsWith(`${partition}#`))
    const reads = records.flatMap((record) =>
      record.kind === 'call' &&
      record.service === 'dynamodb' &&
      record.request.keys.some(({ pk }) => pk.startsWith(`${partition}#`))
        ? [{ at: record.at, value: record.request.readUnits }]
        : [],
    )
    return {
      partition,
      writesPerSecond: peakOf(own.map(({ at }) => ({ at, value: 1 }))),
      writeUnitsPerSecond: peakOf(own.map(({ at, units }) => ({ at, value: units }))),
      readUnitsPerSecond: peakOf(reads),
    }
  })
