import { openListener } from './listener.ts'
import type { ModelProcess } from './processes.ts'
import { fullBriefTurn, instant, natural, shortTurn, wholeRun } from './scripts.ts'
import { aimedAt, atMost, headline, type Limit, type Row, rowOf } from './statistics.ts'
import type { Reading, TableMeter } from './table-meter.ts'

const rounds = 2

/** The table's load by one short turn and by one whole run, with one socket open. */
export const measureTableCost = async (
  origin: string,
  model: ModelProcess,
  meter: TableMeter,
): Promise<Row[]> => {
  const turns: Reading[] = []
  const runs: Reading[] = []
  const readingOf = async (work: () => Promise<unknown>): Promise<Reading> => {
    await meter.quiet()
    meter.read()
    await work()
    // Some work outlasts a turn or a run, and is a part of it all the same.
    await meter.quiet()
    return meter.read()
  }
  for (let round = 0; round < rounds; round += 1) {
    const listener = await openListener(origin)
    const turn = async (): Promise<unknown> => {
      const seen = listener.received.length
      listener.send({ action: 'message', message: '동백 핸드크림을 팔고 있어요.' })
      return listener.until(({ type }) => type === 'turn.completed', seen)
    }
    await model.answer(shortTurn(natural))
    turns.push(await readingOf(turn))
    await model.answer({ ...fullBriefTurn(instant), ...wholeRun(natural) })
    await turn()
    runs.push(
      await readingOf(async () => {
        await listener.post(`/api/runs/${listener.sessionId}/generate`)
        await listener.until(({ type }) => type === 'run.completed')
      }),
    )
    await listener.close()
  }
  return [
    ...rowsOf('turn', turns, 20, aimedAt(atMost(12, 'WU'), atMost(20, 'WU'))),
    ...rowsOf('run', runs, 150, aimedAt(atMost(80, 'WU'), atMost(100, 'WU'))),
  ]
}

const rowsOf = (what: string, readings: Reading[], requests: number, writeUnits: Limit): Row[] => {
  const of = (pick: (reading: Reading) => number): number[] => readings.map(pick)
  return [
    rowOf(
      `DynamoDB requests of a ${what}`,
      of((each) => each.requests),
      '',
      atMost(requests, ''),
    ),
    headline(
      `table write units of a ${what}`,
      rowOf(
        '  write units',
        of((each) => each.writeUnits),
        'WU',
        writeUnits,
      ),
    ),
    rowOf(
      '  read units',
      of((each) => each.readUnits),
      'RU',
    ),
  ]
}
