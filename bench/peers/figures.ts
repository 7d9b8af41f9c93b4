import { calmRaw } from '../first-text.ts'
import type { ModelRequests } from '../model-main.ts'
import { residentMemoryOf } from '../process-trees.ts'
import {
  type Contestant,
  type Figure,
  figureOf,
  measureRounds,
  processor,
  type RoundPlan,
  type Rounds,
  shared,
  shorter,
} from '../rounds.ts'
import { instant, natural, shortTurn, wholeRun } from '../scripts.ts'
import { fluent } from '../stages.ts'
import { median } from '../statistics.ts'
import { crowds, type Field, runs, turns } from './contestants.ts'

/** The calls of a run, in order, as the peers make them: one behind the other. */
export const askersOfRun = [
  'search',
  'research',
  'strategy',
  'creative_copies',
  'creative_posters',
  'creative_film',
  'voice',
] as const

/** What the target on goodput is about. */
export const goodput = 'good turns a second, 50 at once'

/** One measurement of all contestants. */
export interface PeerFigure {
  measure: string
  unit: string
  better: 'less' | 'more'
  values: Record<string, { median: number; spread: [number, number] }>
  restless: number
}

/** What a figure says about every contestant that has it. */
const figureFor = (
  rounds: Rounds,
  contestants: readonly Contestant[],
  {
    measurement,
    ...about
  }: Pick<PeerFigure, 'measure' | 'unit' | 'better'> & { measurement: string },
  figure: (contestant: string) => Figure = (name) => (of) => of(name, measurement),
): PeerFigure => {
  const having = contestants.filter(({ name }) =>
    rounds.rounds.every((round) => round.get(name)?.[measurement] !== undefined),
  )
  return {
    ...about,
    restless: rounds.restless,
    values: Object.fromEntries(
      having.map(({ name }) => {
        const { medians } = figureOf(rounds, [name, measurement], figure(name))
        return [
          name,
          { median: median(medians), spread: [Math.min(...medians), Math.max(...medians)] },
        ]
      }),
    ),
  }
}

const memoryOf = ({ engine, raw, peers }: Field): PeerFigure['values'] => {
  const megabytes = (pids: readonly number[]) => {
    const sum = pids.reduce((all, pid) => all + residentMemoryOf(pid), 0) / 1e6
    return { median: sum, spread: [sum, sum] as [number, number] }
  }
  return {
    raw: megabytes([raw.pid]),
    studio: megabytes([engine.pid]),
    ...Object.fromEntries([...peers].map(([name, { pids }]) => [name, megabytes(pids)])),
  }
}

interface Work {
  requests: ModelRequests
  plan: RoundPlan
}

const measureTurns = async (field: Field, { requests, plan }: Work): Promise<PeerFigure[]> => {
  await field.model.answer(shortTurn(natural))
  const contestants = turns(field, requests.planner ?? {})
  const rounds = await measureRounds(contestants, plan, { calm: calmRaw })
  const about = { unit: 'ms', better: 'less' } as const
  return [
    figureFor(
      rounds,
      contestants,
      { ...about, measure: "first text later than the raw client's", measurement: 'first' },
      (name) => (of) => of(name, 'first') - of('raw', 'first'),
    ),
    figureFor(rounds, contestants, {
      ...about,
      measure: 'model has the request after',
      measurement: 'asked',
    }),
  ]
}

const measureInstantTurns = async (
  field: Field,
  { requests, plan }: Work,
): Promise<PeerFigure[]> => {
  await field.model.answer(shortTurn(instant))
  const contestants = turns(field, requests.planner ?? {})
  const rounds = await measureRounds(contestants, plan, {
    calm: calmRaw,
    sharedTime: () => field.model.usedWithCaller(),
  })
  const about = { unit: 'ms', better: 'less' } as const
  return [
    figureFor(rounds, contestants, {
      ...about,
      measure: 'a turn of an instant model',
      measurement: 'wall',
    }),
    figureFor(
      rounds,
      contestants,
      { ...about, measure: 'its processor time, with caller and model', measurement: processor },
      (name) => (of) => of(name, processor) + of(name, shared),
    ),
    figureFor(rounds, contestants, {
      ...about,
      measure: 'of it the contestant alone',
      measurement: processor,
    }),
  ]
}

const measureRuns = async (field: Field, { requests, plan }: Work): Promise<PeerFigure[]> => {
  await field.model.answer(wholeRun(fluent))
  const contestants = runs(
    field,
    askersOfRun.map((asker) => requests[asker] ?? {}),
  )
  const rounds = await measureRounds(contestants, shorter(plan, 12))
  return [
    figureFor(rounds, contestants, {
      measure: 'a run of seven calls beside the sum of its calls',
      measurement: 'calls',
      unit: '×',
      better: 'less',
    }),
    figureFor(rounds, contestants, {
      measure: 'processor time of a run',
      measurement: processor,
      unit: 'ms',
      better: 'less',
    }),
  ]
}

const measureCrowds = async (field: Field, { plan }: Work): Promise<PeerFigure[]> => {
  await field.model.answer(shortTurn(natural))
  const contestants = crowds(field)
  const rounds = await measureRounds(contestants, shorter(plan, 25))
  return [
    figureFor(rounds, contestants, {
      measure: goodput,
      measurement: 'goodput',
      unit: '/s',
      better: 'more',
    }),
    figureFor(rounds, contestants, {
      measure: 'of them turns that came to no good end',
      measurement: 'failed',
      unit: '',
      better: 'less',
    }),
  ]
}

/** The same work by each, in interleaved rounds. */
export const measureField = async (
  field: Field,
  work: Work & {
    step: (what: string) => void
    /** Told of a part that was not measured: the others are worth their time all the same. */
    failed: (part: string, error: unknown) => void
  },
): Promise<PeerFigure[]> => {
  const { step, failed } = work
  const memory = (measure: string): PeerFigure => ({
    ...{ measure, unit: 'MB', better: 'less', restless: 0, values: memoryOf(field) },
  })
  const figures = [memory('resident memory after the start')]
  const parts = {
    turns: measureTurns,
    'turns of an instant model': measureInstantTurns,
    runs: measureRuns,
    'many turns at once': measureCrowds,
  }
  for (const [part, measure] of Object.entries(parts)) {
    step(part)
    try {
      figures.push(...(await measure(field, work)))
    } catch (error) {
      failed(part, error)
    }
  }
  return [...figures, memory('resident memory at the end')]
}
