import { functionEntries } from '../../../lib/bundle.ts'
import { answers } from '../../support/model-server/answers.ts'
import { openSocket, startSession } from '../../support/studio/client.ts'
import { openEvents } from '../../support/studio/event-reader.ts'
import type { Drill } from '../drill.ts'
import { modelOf, type Started, startRuns, times } from './work.ts'

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

/** Opens so many streams at once, and leaves each after its first event. */
const openStreams = async (
  { client, sessionId }: Pick<Started, 'client' | 'sessionId'>,
  count: number,
): Promise<void> => {
  const open = async (): Promise<void> => {
    const reader = await openEvents(client, `/api/chat/session/${sessionId}/events`)
    await reader.until(() => reader.messages.length > 0)
    reader.cut()
  }
  await times(count, open, count)
}

const slowTable: Drill = {
  name: 'slow-table',
  condition: 'The table takes three seconds for each call, and ten readers open a stream.',
  mending: 'It answers at once.',
  alarms: ['AlarmsStreamStart'],
  async inject(studio) {
    const session = await startSession(studio.origin)
    studio.table.treat(() => ({ does: 'delay', ms: 3000 }))
    await openStreams(session, 10)
  },
  recover: async (studio) => openStreams(await startSession(studio.origin), 10),
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
    const session = await startSession(studio.origin)
    await times(20, () => session.client.get(`/api/chat/session/${session.sessionId}`))
    await openStreams(session, 3)
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
    for (const name of names) await studio.invoke(name, 1)
  },
  async recover(studio) {
    for (const name of functionNames) await studio.invoke(name, 1)
  },
}

/** As many as make a rate. */
const burst = 4

const exhaustedConcurrency: Drill = {
  name: 'exhausted-concurrency',
  condition: `The account allows a function one execution at once, and ${burst} events come together.`,
  mending: 'The quota is raised.',
  alarms: ['FunctionThrottles'],
  async inject(studio) {
    studio.assumeConcurrency(1)
    studio.control({ occupiedMs: 4000 })
    await times(functionNames.length, (index) => studio.invoke(functionNames[index] ?? '', burst))
  },
  async recover(studio) {
    for (const name of functionNames) await studio.invoke(name, 1)
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
