import { windowMs } from '../shared/services/log/delta-window.ts'
import { calmRaw, rawTurn, requestOfTurn } from './first-text.ts'
import { openListener, type ReceivedEvent } from './listener.ts'
import type { EngineProcess, ModelProcess, RawClient } from './processes.ts'
import { openPulse } from './pulse.ts'
import { type Contestant, figureOf, measureRounds, type RoundPlan, totalOf } from './rounds.ts'
import { longTurn, natural, type Pace } from './scripts.ts'
import { atMost, headline, type Row, roundsRowOf, rowOf } from './statistics.ts'

/** Two characters every few milliseconds: over a hundred model deltas a second. */
const fineGrained: Pace = { ...natural, first: 50, characters: 2 }
const replyCharacters = 400
/** A gap of so many windows is one that a reader sees. */
const stallWindows = 2.5

const deltasOfTurn = async (origin: string): Promise<ReceivedEvent[]> => {
  const listener = await openListener(origin)
  listener.send({ action: 'message', message: '어떻게 보여 주면 좋을까요?' })
  await listener.until(({ type }) => type === 'turn.completed')
  await listener.close()
  return listener.received.filter(({ event }) => event.type === 'planner.delta')
}

const textOf = ({ event }: ReceivedEvent): string =>
  event.type === 'planner.delta' ? event.data.text : ''

/** @param lost milliseconds of it in which the machine was at other work */
const isStall = ({ from, to }: { from: number; to: number }, lost = 0): boolean =>
  to - from - lost > stallWindows * windowMs

const studio = (origin: string): Contestant => ({
  name: 'studio',
  async measure() {
    await using pulse = openPulse()
    // The last delta is sent when the answer ends, before its window does.
    const whole = (await deltasOfTurn(origin)).slice(0, -1)
    const times = whole.map(({ at }) => at)
    const pairs = times.slice(1).map((to, index) => ({ from: times[index] ?? to, to }))
    const gaps = pairs.map(({ from, to }) => to - from)
    const stalls = pairs.filter((pair) => isStall(pair))
    const own = stalls.filter((pair) => isStall(pair, pulse.lostBetween(pair.from, pair.to)))
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
    return {
      gaps,
      stalls: own.length,
      excused: stalls.length - own.length,
      rate: (times.length - 1) / seconds,
      characters: whole.slice(1).map((delta) => textOf(delta).length),
    }
  },
})

/** How a reply's many small deltas reach a socket: gathered into windows. */
export const measureCoalescing = async (
  { engine, model, raw }: { engine: EngineProcess; model: ModelProcess; raw: RawClient },
  plan: RoundPlan,
): Promise<Row[]> => {
  const request = await requestOfTurn(engine.origin, model)
  await model.answer(longTurn(replyCharacters, fineGrained))
  const rounds = await measureRounds([rawTurn(raw, model, request), studio(engine.origin)], plan, {
    calm: calmRaw,
  })
  const figure = (measurement: string) =>
    figureOf(rounds, ['studio', measurement], (of) => of('studio', measurement))
  const beyond = figureOf(
    rounds,
    ['studio', 'gaps'],
    (of) => Math.max(0, of('studio', 'gaps') - windowMs) / windowMs,
  )
  const total = (measurement: string) => [totalOf(rounds, 'studio', measurement)]
  return [
    headline(
      `gap between deltas beyond the window of ${windowMs} ms, in windows`,
      roundsRowOf(
        'gap between planner.deltas beyond the window, in windows',
        beyond,
        '×',
        atMost(0.1, '×'),
      ),
    ),
    headline(
      `gaps of over ${stallWindows} windows`,
      rowOf(`  stalls: gaps of over ${stallWindows} windows`, total('stalls'), '', atMost(0, '')),
    ),
    rowOf('  others, in which the machine stood still', total('excused'), ''),
    roundsRowOf('  gap in milliseconds', figure('gaps'), 'ms'),
    roundsRowOf('planner.deltas a second', figure('rate'), '/s', atMost(20, '/s')),
    roundsRowOf('characters in a planner.delta', figure('characters'), 'ch'),
  ]
}
