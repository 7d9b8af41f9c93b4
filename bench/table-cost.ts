import { setTimeout as sleep } from 'node:timers/promises'
import { openListener } from './listener.ts'
import type { ModelProcess } from './processes.ts'
import { fullBriefTurn, instant, natural, shortTurn, wholeRun } from './scripts.ts'
import { atMost, type Row, rowOf } from './statistics.ts'
import type { Reading, TableMeter } from './table-meter.ts'

/** Milliseconds in which what a turn or a run left to do is done. */
const rest = 250
const rounds = 2

/** What one short turn and one whole run ask of the table, with one socket listening. */
export const measureTableCost = async (
  origin: string,
  model: ModelProcess,
  meter: TableMeter,
): Promise<Row[]> => {
  const turns: Reading[] = []
  const runs: Reading[] = []
  const readingOf = async (work: () => Promise<unknown>): Promise<Reading> => {
    await sleep(rest)
    meter.read()
    await work()
    await sleep(rest)
    return meter.read()
  }
  for (let round = 0; round < rounds; round += 1) {
    const listener = await openListener(origin)
    const turn = async (): Promise<unknown> => {
      const seen = listener.heard.length
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
    ...rowsOf('turn', turns, { requests: 20, writeUnits: 30 }),
    ...rowsOf('run', runs, { requests: 150, writeUnits: 175 }),
  ]
}

const rowsOf = (
  what: string,
  readings: Reading[],
  most: Pick<Reading, 'requests' | 'writeUnits'>,
): Row[] => {
  const of = (pick: (reading: Reading) => number): number[] => readings.map(pick)
  const { requests, writeUnits } = most
  return [
    rowOf(
      `DynamoDB requests of a ${what}`,
      of((each) => each.requests),
      '',
      atMost(requests, ''),
    ),
    rowOf(
      '  write units',
      of((each) => each.writeUnits),
      'WU',
      atMost(writeUnits, 'WU'),
    ),
    rowOf(
      '  read units',
      of((each) => each.readUnits),
      'RU',
    ),
  ]
}
