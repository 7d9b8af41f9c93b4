import { openListener, type ReceivedEvent } from './listener.ts'
import type { ModelProcess } from './processes.ts'
import { longTurn, natural, type Pace } from './scripts.ts'
import { atMost, between, type Row, rowOf } from './statistics.ts'

const turns = 3
/** Two characters every few milliseconds: over a hundred model deltas a second. */
const fineGrained: Pace = { ...natural, first: 50, characters: 2 }
const replyCharacters = 400

const deltasOfTurn = async (origin: string): Promise<ReceivedEvent[]> => {
  const listener = await openListener(origin)
  listener.send({ action: 'message', message: '어떻게 보여 주면 좋을까요?' })
  await listener.until(({ type }) => type === 'turn.completed')
  await listener.close()
  return listener.received.filter(({ event }) => event.type === 'planner.delta')
}

const textOf = ({ event }: ReceivedEvent): string =>
  event.type === 'planner.delta' ? event.data.text : ''

/** How a reply's many small deltas reach a socket: coalesced into windows of 50 ms. */
export const measureCoalescing = async (origin: string, model: ModelProcess): Promise<Row[]> => {
  await model.answer(longTurn(replyCharacters, fineGrained))
  await deltasOfTurn(origin)
  const gaps: number[] = []
  const sizes: number[] = []
  const rates: number[] = []
  for (let turn = 0; turn < turns; turn += 1) {
    const deltas = await deltasOfTurn(origin)
    // The last delta is sent when the answer ends, before its window does.
    const whole = deltas.slice(0, -1)
    const times = whole.map(({ at }) => at)
    gaps.push(...times.slice(1).map((at, index) => at - (times[index] ?? at)))
    sizes.push(...whole.slice(1).map((delta) => textOf(delta).length))
    const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000
    rates.push((times.length - 1) / seconds)
  }
  return [
    rowOf('gap between planner.deltas at a socket', gaps, 'ms', between(45, 65, 'ms')),
    rowOf('planner.deltas a second', rates, '/s', atMost(20, '/s')),
    rowOf('characters in a planner.delta', sizes, 'ch'),
  ]
}
