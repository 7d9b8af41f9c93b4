import type { ChaosResult } from './chaos.ts'
import type { HookRecord } from './hook-settings.ts'

/** What many runs came to; counts unless said otherwise. */
export interface Summary {
  sessions: number
  runs: number
  /** Messages that were answered while a run went on. */
  talked: number
  ended: Record<string, number>
  /** Assets and exports that were asked for, by their ends. */
  files: Record<string, number>
  /** Runs that ended DONE, of those that were not cancelled: 0 to 1. */
  doneShare: number
  faults: Record<string, number>
  faultsInAll: number
  /** Places at which a thread died. */
  points: string[]
  broken: Record<string, number>
  recovered: Record<string, number>
  /** Seconds from a fault that took a run's worker to the run's next event. */
  recovery: Spread
  /** Seconds from the request for a run to its start by the sweeper, of first attempts. */
  starts: Spread
  minutes: number
}

interface Spread {
  count: number
  median: number
  p95: number
  longest: number
}

type FaultRecord = Extract<HookRecord, { record: 'fault' }>
type ActRecord = Extract<HookRecord, { record: 'act' }>

const kinds = [
  'lost',
  'duplicated',
  'gap',
  'changed',
  'stuck',
  'overcalled',
  'overcharged',
  'error',
  'invented',
] as const

const countBy = (keys: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys.toSorted()) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

const faultsOf = ({
  records,
  arrivals,
  said,
  vendorFaults,
  storeDeaths,
  stories,
}: ChaosResult): string[] => [
  ...records.flatMap((entry) =>
    entry.record === 'fault' ? [`${entry.name}: ${entry.fault}`] : [],
  ),
  ...arrivals.flatMap(({ fault }) => (fault ? [`message ${fault}`] : [])),
  ...said.flatMap(({ fault }) => (fault ? [`model ${fault}`] : [])),
  ...vendorFaults.map((fault) => `vendor ${fault}`),
  ...storeDeaths.map(() => 'store killed'),
  ...stories.flatMap(({ drops }) => Array.from({ length: drops }, () => 'client dropped')),
]

/** The functions that repaired runs, by what they wrote. */
const recoveredBy = ({ records, stories }: ChaosResult): Record<string, number> => {
  const acts = records.filter((entry): entry is ActRecord => entry.record === 'act')
  const failedBy = (name: string): number =>
    acts.filter((it) => it.name === name && it.act === 'state' && it.state === 'FAILED').length
  const claimed = acts.filter((it) => it.act === 'claim')
  const nameOf = (it: (typeof claimed)[number]) =>
    `${it.run} ${it.stage} ${it.attempt} ${it.generation}`
  const claims = claimed.map(nameOf)
  const retried = claimed.filter(({ generation }) => generation > 0).map(nameOf)
  const runs = stories.flatMap((story) => story.runs)
  return {
    'stage taken again by a retry of the state machine': new Set(retried).size,
    'lease takeover by a second delivery': claims.length - new Set(claims).size,
    'execution started by the sweeper': acts.filter(
      (it) => it.name === 'Sweeper' && it.act === 'start',
    ).length,
    'run ended by the sweeper': failedBy('Sweeper'),
    'run ended by the finalizer': failedBy('RunFinalizer'),
    'run ended by the dead-letter consumer': failedBy('DeadLetter'),
    'run ended by its worker, with the reason': failedBy('StageWorker'),
    'resumed by the user and DONE': runs.filter((run) => run.resumedAt.length && run.end === 'DONE')
      .length,
  }
}

/** Seconds between each loss of a run's worker and the run's next event. */
const recoveryTimes = ({ records, arrivals, stories }: ChaosResult): number[] => {
  const losses = [
    ...records.filter(
      (entry): entry is FaultRecord =>
        entry.record === 'fault' && entry.name === 'StageWorker' && entry.fault.startsWith('kill'),
    ),
    ...arrivals.filter(({ fault }) => fault === 'dropped'),
  ]
  return losses.flatMap(({ at, run }) => {
    const log = stories.find((story) => story.runs.some(({ runId }) => runId === run))?.log ?? []
    const next = log
      .filter((event) => event.run_id === run)
      .map(({ created_at }) => Date.parse(created_at))
      .find((time) => time > at)
    return next === undefined ? [] : [(next - at) / 1000]
  })
}

/** Seconds from the request for a run to its start by the sweeper. */
const startTimes = ({ records, stories }: ChaosResult): number[] =>
  records.flatMap((entry) => {
    if (entry.record !== 'act' || entry.act !== 'start' || entry.name !== 'Sweeper') return []
    const run = stories.flatMap(({ runs }) => runs).find(({ runId }) => runId === entry.run)
    return run && entry.attempt === 1 ? [(entry.at - run.acceptedAt) / 1000] : []
  })

const spread = (seconds: number[]): Spread => {
  const sorted = seconds.toSorted((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return {
    count: sorted.length,
    median: at(0.5) ?? 0,
    p95: at(0.95) ?? 0,
    longest: sorted.at(-1) ?? 0,
  }
}

export const summarize = (result: ChaosResult): Summary => {
  const { stories, violations, records, seconds } = result
  const runs = stories.flatMap((story) => story.runs)
  const faults = faultsOf(result)
  const kept = runs.filter(({ end }) => end !== 'CANCELLED')
  const deaths = records.flatMap((entry) =>
    entry.record === 'fault' && entry.fault.startsWith('kill')
      ? [`${entry.name} ${entry.fault.slice('kill-'.length)} ${entry.point}`]
      : [],
  )
  return {
    sessions: stories.length,
    runs: runs.length,
    talked: stories.reduce((sum, { talked }) => sum + talked.length, 0),
    ended: countBy(runs.map(({ end }) => end ?? 'not ended')),
    files: countBy(
      stories.flatMap(({ assets }) =>
        [...(assets?.assets ?? []), ...(assets?.export ? [assets.export] : [])].map(
          ({ status }) => status,
        ),
      ),
    ),
    doneShare: kept.filter(({ end }) => end === 'DONE').length / Math.max(1, kept.length),
    faults: countBy(faults),
    faultsInAll: faults.length,
    points: [...new Set(deaths)].sort(),
    broken: Object.fromEntries(
      kinds.map((kind) => [kind, violations.filter((it) => it.kind === kind).length]),
    ),
    recovered: recoveredBy(result),
    recovery: spread(recoveryTimes(result)),
    starts: spread(startTimes(result)),
    minutes: seconds / 60,
  }
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
const inSeconds = (seconds: number): string => `${seconds.toFixed(1)} s`

/** The report as Markdown. */
export const writeReport = (calm: Summary, faulty: Summary): string => {
  const side = (what: string, of: (summary: Summary) => string | number) => [
    what,
    of(calm),
    of(faulty),
  ]
  const times = ({ count, median, p95, longest }: Spread): string =>
    `(${count}): median ${inSeconds(median)}, 95th percentile ${inSeconds(p95)}, longest ${inSeconds(longest)}.`
  return `${[
    table(
      ['', 'without faults', 'with faults'],
      [
        side('runs accepted', ({ runs }) => runs),
        side('messages answered beside a run', ({ talked }) => talked),
        side('faults', ({ faultsInAll }) => faultsInAll),
        ...['DONE', 'FAILED', 'CANCELLED', 'not ended'].map((end) =>
          side(`ended: ${end}`, ({ ended }) => ended[end] ?? 0),
        ),
        ...['completed', 'failed'].map((end) =>
          side(`assets and exports: ${end}`, ({ files }) => files[end] ?? 0),
        ),
        side('DONE, of those not cancelled', ({ doneShare }) => percent(doneShare)),
        ...kinds.map((kind) => side(`**${kind}**`, ({ broken }) => broken[kind] ?? 0)),
        side('minutes', ({ minutes }) => minutes.toFixed(1)),
      ],
    ),
    table(['fault', 'times'], Object.entries(faulty.faults)),
    table(['recovered by', 'times'], Object.entries(faulty.recovered)),
    `Time from the loss of a run's worker to the run's next event ${times(faulty.recovery)}`,
    `Time from the request for a run to its start by the sweeper ${times(faulty.starts)}`,
    `Threads died at ${faulty.points.length} different points:`,
    faulty.points.map((point) => `- ${point}`).join('\n'),
  ].join('\n\n')}\n`
}
