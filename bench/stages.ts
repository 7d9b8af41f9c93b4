import type { modes } from '../shared/contracts/session.ts'
import { now } from './clock.ts'
import { type Floor, put } from './floor.ts'
import { openListener } from './listener.ts'
import type { ModelMark } from './model-main.ts'
import { processorTimeOf } from './process-trees.ts'
import type { EngineProcess, ModelProcess, RawClient } from './processes.ts'
import {
  type Contestant,
  figureOf,
  measureRounds,
  processor,
  type RoundPlan,
  type Sample,
} from './rounds.ts'
import { fullBriefTurn, instant, natural, type Pace, subjectTurn, wholeRun } from './scripts.ts'
import { aimedAt, atMost, headline, type Row, roundsRowOf } from './statistics.ts'

type Mode = (typeof modes)[number]

/** A model of some 240 tokens a second. */
export const fluent: Pace = { ...natural, characters: 16 }

const lengthOf = ({ receivedAt, completedAt }: ModelMark): number => completedAt - receivedAt

/** When an answer was there to be worked from: at its end, and a strategy's positioning before that. */
const availableAt = ({ positionedAt, completedAt }: ModelMark): number[] =>
  positionedAt === undefined ? [completedAt] : [positionedAt, completedAt]

/** The longest chain of calls each of which began when the one before it had ended, or could be worked from. */
export const criticalPathOf = (calls: readonly ModelMark[]): number => {
  const ends: { at: number; length: number }[] = []
  for (const call of calls.toSorted((a, b) => a.receivedAt - b.receivedAt)) {
    const before = ends.filter(({ at }) => at <= call.receivedAt).map(({ length }) => length)
    const longest = Math.max(0, ...before)
    ends.push(...availableAt(call).map((at) => ({ at, length: longest + at - call.receivedAt })))
  }
  return Math.max(...ends.map(({ length }) => length))
}

/** Search and shape are one stage, as are an agent's calls and its repairs. */
const stageOf = ({ asker }: ModelMark): string =>
  asker === 'search' ? 'research' : (asker.split('_')[0] ?? asker)

/** From what was there last before a call of another stage, until that call. */
export const gapsOf = (calls: readonly ModelMark[]): number[] => {
  const ends = calls.flatMap((call) =>
    availableAt(call).map((at) => ({ at, stage: stageOf(call) })),
  )
  return calls.flatMap((call) => {
    const [before] = ends
      .filter(({ at }) => at <= call.receivedAt)
      .toSorted((one, other) => other.at - one.at)
    return before === undefined || before.stage === stageOf(call)
      ? []
      : [call.receivedAt - before.at]
  })
}

/**
 * A run from generate to its end at a socket. The brief is talked about in two turns, of which the first names
 * the product, its category and its buyers: so that what can begin before generate has something to begin with.
 */
export const measureRun = async (
  origin: string,
  model: ModelProcess,
  { mode, pace }: { mode: Mode; pace: Pace },
): Promise<Sample> => {
  const listener = await openListener(origin, { mode })
  const recorded = model.record()
  for (const turn of [subjectTurn(natural), fullBriefTurn(natural)]) {
    await model.answer({ ...turn, ...wholeRun(pace) })
    const seen = listener.received.length
    listener.send({ action: 'message', message: '더 알려 드릴게요.' })
    await listener.until(({ type }) => type === 'turn.completed', seen)
  }
  const sentAt = now()
  await listener.post(`/api/runs/${listener.sessionId}/generate`)
  const done = await listener.until(({ type }) => type === 'run.completed' || type === 'error')
  await listener.close()
  const calls = recorded().filter(({ asker }) => asker !== 'planner')
  if (done.event.type !== 'run.completed') throw new Error(`The run ended in ${done.event.type}.`)
  const wall = done.at - sentAt
  const sum = calls.reduce((total, call) => total + lengthOf(call), 0)
  const lastAt = Math.max(...calls.map(({ completedAt }) => completedAt))
  return {
    wall,
    calls: wall / sum,
    path: wall / criticalPathOf(calls),
    start: Math.max(0, Math.min(...calls.map(({ receivedAt }) => receivedAt)) - sentAt),
    between: gapsOf(calls),
    end: done.at - lastAt,
  }
}

const run = (engine: EngineProcess, model: ModelProcess, mode: Mode, pace: Pace): Contestant => ({
  name: mode,
  processorTime: async () => processorTimeOf(engine.pid),
  measure: () => measureRun(engine.origin, model, { mode, pace }),
})

/** The requests of a run one behind the other. */
export const rawRun = (raw: RawClient, requests: readonly object[]): Contestant => ({
  name: 'raw',
  processorTime: async () => processorTimeOf(raw.pid),
  async measure() {
    const startedAt = now()
    await raw.ask(requests)
    return { wall: now() - startedAt }
  },
})

/** The pipeline's own time beside its model calls, and between two of them. */
export const measureStages = async (
  {
    engine,
    model,
    raw,
    floor,
  }: { engine: EngineProcess; model: ModelProcess; raw: RawClient; floor: Floor },
  plan: RoundPlan,
): Promise<Row[]> => {
  const rounds = await measureRounds(
    [floor.put, ...(['standard', 'fast'] as const).map((mode) => run(engine, model, mode, fluent))],
    plan,
  )
  const figure = (mode: Mode, measurement: string) =>
    figureOf(rounds, [mode, measurement], (of) => of(mode, measurement))
  const rows = [
    headline(
      "a stage's last byte to the next stage's request, in puts",
      roundsRowOf(
        "a stage's answer to the next stage's request, in puts",
        figureOf(
          rounds,
          ['standard', 'between'],
          (of) => of('standard', 'between') / of(put, 'wall'),
        ),
        '×',
        aimedAt(atMost(3, '×'), atMost(4.5, '×')),
      ),
    ),
    roundsRowOf('  in milliseconds', figure('standard', 'between'), 'ms'),
    roundsRowOf('  generate to the first request', figure('standard', 'start'), 'ms'),
    roundsRowOf('  the last answer to run.completed at a socket', figure('standard', 'end'), 'ms'),
    ...rowsOfWall(figure),
  ]
  const requests = Object.entries(await model.requests())
    .filter(([asker]) => asker !== 'planner')
    .map(([, request]) => request)
  await model.answer({ ...wholeRun(instant) })
  return [...rows, ...(await measureInstantRuns({ engine, model, raw, requests }, plan))]
}

const rowsOfWall = (
  figure: (mode: Mode, measurement: string) => ReturnType<typeof figureOf>,
): Row[] => [
  headline(
    "a run's time beside the sum of its model calls, standard mode",
    roundsRowOf(
      'run beside the sum of its calls, standard',
      figure('standard', 'calls'),
      '×',
      atMost(0.75, '×'),
    ),
  ),
  headline(
    'the same in fast mode',
    roundsRowOf(
      'run beside the sum of its calls, fast',
      figure('fast', 'calls'),
      '×',
      atMost(0.6, '×'),
    ),
  ),
  headline(
    "a run's time beside the critical path of its model calls",
    roundsRowOf(
      'run beside the critical path of its calls',
      figure('standard', 'path'),
      '×',
      aimedAt(atMost(1.03, '×'), atMost(1.1, '×')),
    ),
  ),
]

const measureInstantRuns = async (
  {
    engine,
    model,
    raw,
    requests,
  }: { engine: EngineProcess; model: ModelProcess; raw: RawClient; requests: readonly object[] },
  plan: RoundPlan,
): Promise<Row[]> => {
  const rounds = await measureRounds(
    [rawRun(raw, requests), run(engine, model, 'standard', instant)],
    plan,
  )
  const figure = (who: 'raw' | 'standard', measurement: string) =>
    figureOf(rounds, [who, measurement], (of) => of(who, measurement))
  return [
    roundsRowOf('a run of an instant model', figure('standard', 'wall'), 'ms'),
    roundsRowOf('  its processor time, two turns included', figure('standard', processor), 'ms'),
    roundsRowOf("  the raw client's time for its requests", figure('raw', 'wall'), 'ms'),
    roundsRowOf('  its processor time', figure('raw', processor), 'ms'),
  ]
}
