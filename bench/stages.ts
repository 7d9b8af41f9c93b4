import { stageNames } from '../shared/contracts/agents.ts'
import { now } from './clock.ts'
import { openListener } from './listener.ts'
import type { ModelMark } from './model-main.ts'
import type { ModelProcess } from './processes.ts'
import { fullBriefTurn, instant, type Pace, wholeRun } from './scripts.ts'
import { below, type Row, rowOf } from './statistics.ts'

interface RunTimes {
  /** From the request to generate until research calls the model. */
  start: number
  /** From a stage's complete answer until the next stage calls the model. */
  between: number[]
  /** From the last answer until the socket reports that the run is done. */
  end: number
}

const timesOfRun = async (origin: string, model: ModelProcess, pace: Pace): Promise<RunTimes> => {
  await model.answer({ ...fullBriefTurn(instant), ...wholeRun(pace) })
  const listener = await openListener(origin)
  listener.send({ action: 'message', message: '전부 알려 드릴게요.' })
  await listener.until(({ type }) => type === 'turn.completed')
  const recorded = model.record()
  const sentAt = now()
  await listener.post(`/api/runs/${listener.sessionId}/generate`)
  const done = await listener.until(({ type }) => type === 'run.completed' || type === 'error')
  await listener.close()
  const calls = recorded()
  const callOf = (asker: string): ModelMark => {
    const call = calls.find((each) => each.asker === asker)
    if (!call) throw new Error(`The run never asked for ${asker}.`)
    return call
  }
  /** Of the creatives the last answer. */
  const completedAt = (asker: string): number =>
    Math.max(...calls.flatMap((call) => (call.asker === asker ? [call.completedAt] : [])))
  return {
    start: callOf('search').receivedAt - sentAt,
    between: stageNames
      .slice(1)
      .map((stage, index) => callOf(stage).receivedAt - completedAt(stageNames[index] ?? '')),
    end: done.at - completedAt('voice'),
  }
}

/** The pipeline's own time between two answers of the model. */
export const measureStages = async (
  origin: string,
  model: ModelProcess,
  { pace, runs }: { pace: Pace; runs: number },
): Promise<Row[]> => {
  await timesOfRun(origin, model, pace)
  const times: RunTimes[] = []
  for (let run = 0; run < runs; run += 1) times.push(await timesOfRun(origin, model, pace))
  return [
    rowOf(
      `a stage's answer to the next stage's request, ${pace.name} model`,
      times.flatMap(({ between }) => between),
      'ms',
      pace.first > 0 ? below(100, 'ms') : undefined,
    ),
    rowOf(
      '  generate to the first request',
      times.map(({ start }) => start),
      'ms',
    ),
    rowOf(
      '  the last answer to run.completed at a socket',
      times.map(({ end }) => end),
      'ms',
    ),
  ]
}
