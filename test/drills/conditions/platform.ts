import { functionEntries } from '../../../lib/bundle.ts'
import { answers } from '../../support/model-server/answers.ts'
import { openSocket, startSession } from '../../support/studio/client.ts'
import { openEvents } from '../../support/studio/event-reader.ts'
import type { Drill } from '../drill.ts'
import type { DrillStudio } from '../drill-studio.ts'
import { goodRun, modelOf, type Started, startRuns, times } from './work.ts'

const functionNames = Object.keys(functionEntries)

const cutSockets: Drill = {
  name: 'cut-streams',
  condition:
    'Twenty sockets of a session break off while its run goes on, and read on from where they were.',
  mending: 'Sockets open and stay.',
  alarms: ['AlarmsStreamInterruptions'],
  async inject(studio) {
    modelOf(studio, { search: answers.silence() })
    const [run] = await startRuns(studio, 1)
    if (!run) return
    await studio.until('the search', () =>
      studio.model.calls.some(({ asker }) => asker === 'search'),
    )
    await times(20, async () => {
      const socket = await openSocket(run.client, run.sessionId)
      socket.send({ action: 'resume', after_seq: 1 })
      await socket.until(() => socket.frames.some(({ type }) => type === 'replay'))
      await socket.close()
    })
    await run.client.post(`/api/runs/${run.runId}/cancel`)
  },
  async recover(studio) {
    studio.model.hangUp()
    const { client, sessionId } = await startSession(studio.origin)
    await times(20, async () => (await openSocket(client, sessionId)).close())
  },
}

/** Reads the stream of a finished job so often, which ends by itself. */
const readStreams = async (
  { client, jobId }: Started,
  count: number,
  lanes?: number,
): Promise<void> => {
  const read = async () => (await openEvents(client, `/api/jobs/${jobId}/stream`)).ended
  await times(count, read, lanes)
}

const slowTable: Drill = {
  name: 'slow-table',
  condition: 'The table takes two seconds for each call, and ten readers open a stream.',
  mending: 'It answers at once.',
  alarms: ['AlarmsStreamStart'],
  async inject(studio) {
    const run = await goodRun(studio)
    studio.table.treat(() => ({ does: 'delay', ms: 2000 }))
    await readStreams(run, 10, 10)
  },
  recover: async (studio) => readStreams(await goodRun(studio), 10, 1),
}

const throttledTable: Drill = {
  name: 'throttled-table',
  condition: 'The table throttles every call.',
  mending: 'It takes calls again.',
  alarms: ['HttpApiServerErrors', 'StreamUrlStreamUrlServerErrors'],
  async inject(studio) {
    const { client, sessionId } = await startSession(studio.origin)
    studio.table.treat(() => ({
      does: 'refuse',
      error: 'com.amazonaws.dynamodb.v20120810#ThrottlingException',
      status: 400,
    }))
    const path = `/api/chat/session/${sessionId}`
    await times(20, async () => {
      await client.get(path)
      await (await openEvents(client, `${path}/events`)).ended
    })
  },
  async recover(studio) {
    const run = await goodRun(studio)
    await times(20, () => run.client.get(`/api/chat/session/${run.sessionId}`))
    await readStreams(run, 20)
  },
}

const brokenFunctions: Drill = {
  name: 'broken-functions',
  silent: true,
  condition:
    'Every function ends with an error that nothing catches, as after a broken deployment.',
  mending: 'The deployment is rolled back.',
  alarms: ['FunctionErrors'],
  async inject(studio) {
    const names = functionNames
    studio.control({ broken: names })
    for (const name of names) await studio.invoke(name)
  },
  async recover(studio) {
    for (const name of functionNames) await studio.invoke(name)
  },
}

/** As many refusals as make a rate. */
const refusals = 3

/** Invokes a function so often, one after the other, so that one instance serves all. */
const invokeInTurn = async (studio: DrillStudio, name: string, count: number): Promise<void> => {
  const begun = async () =>
    (await studio.observe()).marks.filter((one) => one.name === name && one.mark === 'begin').length
  const before = await begun()
  for (let sent = 1; sent <= count; sent += 1) {
    await studio.invoke(name)
    await studio.until(`the invocation of ${name}`, async () => (await begun()) >= before + sent)
  }
}

const exhaustedConcurrency: Drill = {
  name: 'exhausted-concurrency',
  silent: true,
  condition:
    'The account allows one execution, and one function holds it while events for all functions come.',
  mending: 'The function lets go, and the quota is raised.',
  alarms: ['FunctionThrottles'],
  async inject(studio) {
    const holder = functionNames[0] ?? ''
    studio.assumeConcurrency(1)
    studio.control({ held: [holder] })
    await invokeInTurn(studio, holder, 1)
    const work = (index: number) => invokeInTurn(studio, functionNames[index] ?? '', refusals)
    await times(functionNames.length, work)
  },
  async recover(studio) {
    await times(functionNames.length, (index) => studio.invoke(functionNames[index] ?? ''))
  },
}

/** What AWS itself counts: readers, the table, functions. */
export const platformDrills = [
  cutSockets,
  slowTable,
  throttledTable,
  brokenFunctions,
  exhaustedConcurrency,
]
