import type { StudioEvent } from '../../../shared/contracts/events.ts'
import { type Answer, answers } from '../../support/model-server/answers.ts'
import type { Asker, ScriptedAnswer } from '../../support/model-server/model-server.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../../support/model-server/samples.ts'
import { type Client, startSession, waitForEvent } from '../../support/studio/client.ts'
import { plannerAnswer, readySession } from '../../support/studio/studio.ts'
import type { DrillStudio } from '../drill-studio.ts'

/** Sessions that begin at once: more would wait for each other at the counters of the limits. */
const usualLanes = 4

/** So many of the same, a few side by side. */
export const times = async <Result>(
  count: number,
  work: (index: number) => Promise<Result>,
  lanes = usualLanes,
): Promise<Result[]> => {
  const results: Result[] = []
  let next = 0
  const lane = async (): Promise<void> => {
    while (next < count) {
      const index = next
      next += 1
      results[index] = await work(index)
    }
  }
  await Promise.all(Array.from({ length: Math.min(lanes, count) }, lane))
  return results
}

const healthy: Partial<Record<Asker, Answer>> = {
  planner: plannerAnswer([]),
  search: answers.search(sampleFindings.text, sampleFindings),
  research: answers.json(sampleResearch),
  strategy: answers.json(sampleStrategy),
  creative: answers.json(sampleCreative),
  voice: answers.json(sampleVoice),
}

/** A model that answers well, but for the agents that are given here. */
export const modelOf = (
  studio: DrillStudio,
  others: Partial<Record<Asker, ScriptedAnswer>> = {},
): void => {
  studio.model.respond((call) => {
    const answer = others[call.asker] ?? healthy[call.asker]
    if (!answer) throw new Error(`Nothing answers ${call.asker}.`)
    return typeof answer === 'function' ? answer(call) : answer
  })
}

export interface Started {
  client: Client
  sessionId: string
  runId: string
  jobId: string
}

/** Starts so many runs, each of its own session. */
export const startRuns = (studio: DrillStudio, count: number): Promise<Started[]> =>
  times(count, async () => {
    const { client, sessionId } = await readySession(studio)
    const { status, body } = await client.post(`/api/runs/${sessionId}/generate/async`)
    if (status !== 202) throw new Error(`A run was refused: ${status}.`)
    return { client, sessionId, runId: body.run_id as string, jobId: body.job_id as string }
  })

/** Waits for the first event of these types. */
export const eventOf = ({ client, sessionId }: Started, ...types: StudioEvent['type'][]) =>
  waitForEvent(client, sessionId, ({ type }) => types.includes(type))

export const runEnd = (run: Started): Promise<StudioEvent> => eventOf(run, 'run.completed', 'error')

/** One run that goes well, from its first message to its end. */
export const goodRun = async (studio: DrillStudio): Promise<Started> => {
  modelOf(studio)
  const [run] = await startRuns(studio, 1)
  if (!run) throw new Error('There is no run.')
  const { type } = await runEnd(run)
  if (type !== 'run.completed') throw new Error('A run of a healthy model failed.')
  return run
}

/** Sends so many messages, in a few sessions. */
export const say = async (studio: DrillStudio, count: number): Promise<void> => {
  const sessions = await times(usualLanes, () => startSession(studio.origin))
  await times(sessions.length, async (lane) => {
    const session = sessions[lane]
    for (let sent = lane; session && sent < count; sent += sessions.length) {
      const path = `/api/chat/session/${session.sessionId}/message`
      await session.client.post(path, { message: '핸드크림이에요' })
    }
  })
}
