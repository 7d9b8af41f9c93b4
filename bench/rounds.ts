import { median, relativeSpread } from './statistics.ts'

/** What one measurement found, by name; milliseconds unless the name says otherwise. */
export type Sample = Readonly<Record<string, number | readonly number[]>>

/** One of those that take turns. */
export interface Contestant {
  name: string
  measure(): Promise<Sample>
  /** Gets ready for `count` measurements; neither its time nor its processor time counts. */
  prepare?(count: number): Promise<void>
  /** Milliseconds of processor time that its processes took so far. */
  processorTime?(): Promise<number>
}

export interface RoundPlan {
  rounds: number
  /** Measurements of each contestant in a round. */
  size: number
  warmUps: number
}

/** As issue 15 wants it, and what development has time for. */
export const fullRounds: RoundPlan = { rounds: 7, size: 25, warmUps: 15 }
export const quickRounds: RoundPlan = { rounds: 3, size: 5, warmUps: 3 }

/** The plan for work that takes seconds: fewer measurements in as many rounds. */
export const shorter = ({ rounds, size, warmUps }: RoundPlan, by: number): RoundPlan => ({
  rounds,
  size: Math.max(1, Math.round(size / by)),
  warmUps: Math.max(1, Math.round(warmUps / by)),
})

/** The raw client's measurements that tell whether others are at work on the machine. */
export interface Calm {
  contestant: string
  measurement: string
  /** Most distance between its quartiles in a round, in medians. */
  bound: number
}

export type Round = ReadonlyMap<string, Readonly<Record<string, readonly number[]>>>

/** Rounds that count, and how far they can be trusted. */
export interface Rounds {
  rounds: readonly Round[]
  /** Rounds that were thrown away and repeated. */
  discarded: number
  /** Rounds that count although they were restless: no calmer ones were to be had. */
  restless: number
}

/** The name under which the processor time of a contestant's own processes is kept, for one measurement. */
export const processor = 'processor'
/** The same of the processes that all contestants use: the caller's and the model's. */
export const shared = 'shared'

/** What rounds are measured with. */
export interface RoundOptions {
  calm?: Calm
  /** Milliseconds of processor time that the shared processes took so far. */
  sharedTime?: () => Promise<number>
}

const measureRound = async (
  contestants: readonly Contestant[],
  size: number,
  { sharedTime }: RoundOptions,
): Promise<Round> => {
  const found = new Map<string, Record<string, number[]>>()
  for (const { name, prepare } of contestants) {
    found.set(name, {})
    await prepare?.(size)
  }
  const usedBefore = await Promise.all(contestants.map((each) => each.processorTime?.()))
  for (let turn = 0; turn < size; turn += 1) {
    // Each goes first as often as the others: what one leaves behind meets them all.
    const first = turn % contestants.length
    for (const { name, measure } of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      const values = found.get(name) ?? {}
      const before = await sharedTime?.()
      const sample: Sample = await measure()
      const after = await sharedTime?.()
      const own = before === undefined || after === undefined ? {} : { [shared]: after - before }
      for (const [measurement, value] of Object.entries({ ...sample, ...own })) {
        values[measurement] ??= []
        values[measurement].push(...(typeof value === 'number' ? [value] : value))
      }
    }
  }
  const usedAfter = await Promise.all(contestants.map((each) => each.processorTime?.()))
  for (const [index, { name }] of contestants.entries()) {
    const [before, after] = [usedBefore[index], usedAfter[index]]
    const values = found.get(name)
    if (values && before !== undefined && after !== undefined) {
      values[processor] = [(after - before) / size]
    }
  }
  return found
}

const valuesOf = (round: Round, contestant: string, measurement: string): readonly number[] => {
  const values = round.get(contestant)?.[measurement]
  if (!values) throw new Error(`${contestant} has no measurement ${measurement}.`)
  return values
}

/**
 * Lets contestants take turns, so that whatever else the machine does meets them all. Rounds in which the
 * raw client is restless are repeated, as often again as there are rounds; then the calmest ones count.
 */
export const measureRounds = async (
  contestants: readonly Contestant[],
  { rounds, size, warmUps }: RoundPlan,
  options: RoundOptions = {},
): Promise<Rounds> => {
  const { calm } = options
  await measureRound(contestants, warmUps, options)
  const restlessness = (round: Round): number =>
    calm ? relativeSpread(valuesOf(round, calm.contestant, calm.measurement)) : 0
  const all: { round: Round; restlessness: number }[] = []
  const isCalm = (one: { restlessness: number }): boolean =>
    calm === undefined || one.restlessness <= calm.bound
  while (all.length < 2 * rounds && all.filter(isCalm).length < rounds) {
    const round = await measureRound(contestants, size, options)
    all.push({ round, restlessness: restlessness(round) })
  }
  const calmest = all.toSorted((a, b) => a.restlessness - b.restlessness).slice(0, rounds)
  return {
    rounds: calmest.map(({ round }) => round),
    discarded: all.length - calmest.length,
    restless: calmest.filter((one) => !isCalm(one)).length,
  }
}

/** How one figure of each round is found from the contestants' medians in it. */
export type Figure = (medianOf: (contestant: string, measurement: string) => number) => number

/**
 * One figure of every round.
 * @param counted contestant and measurement whose number is reported as n
 */
export const figureOf = (
  { rounds, restless }: Rounds,
  counted: readonly [contestant: string, measurement: string],
  figure: Figure,
): { medians: number[]; n: number; restless: number } => ({
  medians: rounds.map((round) =>
    figure((contestant, measurement) => median(valuesOf(round, contestant, measurement))),
  ),
  n: rounds.reduce((sum, round) => sum + valuesOf(round, ...counted).length, 0),
  restless,
})

/** The sum of a measurement over all rounds. */
export const totalOf = ({ rounds }: Rounds, contestant: string, measurement: string): number =>
  rounds
    .flatMap((round) => valuesOf(round, contestant, measurement))
    .reduce((sum, value) => sum + value, 0)
