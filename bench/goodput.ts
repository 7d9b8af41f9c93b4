import { now } from './clock.ts'
import { type Listener, openListener } from './listener.ts'
import { residentMemoryOf } from './process-trees.ts'
import type { EngineProcess, ModelProcess } from './processes.ts'
import { type Contestant, figureOf, measureRounds, type RoundPlan } from './rounds.ts'
import { natural, shortTurn } from './scripts.ts'
import { atMost, type Row, roundsRowOf, rowOf } from './statistics.ts'

/** Turns that are asked for at the same moment. */
export const turnsAtOnce = 50

/**
 * A studio that is asked for many turns at once; each has a session and a socket of its own, opened before, one behind
 * the other: they come from one address, whose count of new sessions would hold them up.
 */
export const crowd = ({ origin }: EngineProcess): Contestant => ({
  name: 'studio',
  async measure() {
    const listeners: Listener[] = []
    while (listeners.length < turnsAtOnce) listeners.push(await openListener(origin))
    const sentAt = now()
    const ends = await Promise.allSettled(
      listeners.map(async (listener) => {
        listener.send({ action: 'message', message: '동백 핸드크림을 팔고 있어요.' })
        const { event } = await listener.until(
          ({ type }) => type === 'turn.completed' || type === 'error',
        )
        return event.type
      }),
    )
    const seconds = (now() - sentAt) / 1000
    await Promise.all(listeners.map((listener) => listener.close()))
    const good = ends.filter(
      (end) => end.status === 'fulfilled' && end.value === 'turn.completed',
    ).length
    return { goodput: good / seconds, failed: ends.length - good }
  },
})

/** Turns a second that come to a good end when many are asked for at once, and memory after them. */
export const measureGoodput = async (
  { engine, model }: { engine: EngineProcess; model: ModelProcess },
  plan: RoundPlan,
): Promise<Row[]> => {
  const idle = residentMemoryOf(engine.pid) / 1e6
  await model.answer(shortTurn(natural))
  const rounds = await measureRounds([crowd(engine)], plan)
  return [
    roundsRowOf(
      `good turns a second, ${turnsAtOnce} at once`,
      figureOf(rounds, ['studio', 'goodput'], (of) => of('studio', 'goodput')),
      '/s',
    ),
    roundsRowOf(
      '  turns that came to none',
      figureOf(rounds, ['studio', 'failed'], (of) => of('studio', 'failed')),
      '',
      atMost(0, ''),
    ),
    rowOf('resident memory before them', [idle], 'MB'),
    rowOf('resident memory after them', [residentMemoryOf(engine.pid) / 1e6], 'MB'),
  ]
}
