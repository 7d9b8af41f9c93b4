import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { createStudio } from '../../shared/client/index.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { makeAssets } from '../../test/rehearsal/assets.ts'
import { conversation } from '../../test/rehearsal/conversation.ts'
import { followLog, type LogFollower } from '../../test/rehearsal/follow-log.ts'
import { answerAudio, sendRecording } from '../../test/rehearsal/speaking.ts'
import { type Client, createClient } from '../../test/support/studio/client.ts'

/** Parts of a session that are metered each by itself. */
export const journeys = ['session', 'turn', 'voice_turn', 'spoken_answer', 'run', 'media'] as const
export type JourneyName = (typeof journeys)[number]

export interface JourneyWatch {
  /** Called when a part begins and, once its work has settled, ends; `times` of the part were done. */
  begin(name: JourneyName): void
  end(name: JourneyName, times: number): Promise<void>
}

/** Milliseconds in which the work that outlasts an answer is done. */
const settleMs = 1_500

const quiet = { print: () => {}, note: () => {} }

interface Stage {
  client: Client
  at: string
  log: LogFollower
}

const completed = (log: LogFollower, turn: number): Promise<StudioEvent> =>
  log.until(({ type, data }) => type === 'turn.completed' && 'turn' in data && data.turn === turn)

/** Every line as the console sends it: typed ones by HTTP, with the socket open for the log. */
const takeTurns = async (
  { client, at, log }: Stage,
  measured: (name: JourneyName, times: number, work: () => Promise<unknown>) => Promise<void>,
): Promise<void> => {
  const session = createStudio({ origin: client.origin, token: () => client.token }).session(
    at.split('/').at(-1) ?? '',
  )
  const typed = async (from: number, to: number): Promise<void> => {
    for (const [index, { user }] of conversation.slice(from, to).entries()) {
      const turn = from + index + 1
      const id = `line-${turn}`
      await Promise.all([
        completed(log, turn),
        session.send(user, { client_message_id: id, key: id }),
      ])
    }
  }
  const spoken = conversation.findIndex(({ via }) => via === 'voice')
  await measured('turn', spoken, () => typed(0, spoken))
  await measured('voice_turn', 1, () =>
    Promise.all([completed(log, spoken + 1), sendRecording(client, at)]),
  )
  await measured('turn', conversation.length - spoken - 1, () =>
    typed(spoken + 1, conversation.length),
  )
}

const runOnce = async ({ client, at, log }: Stage): Promise<string> => {
  const { body } = await client.post(`/api/runs/${at.split('/').at(-1)}/generate/async`)
  const { type } = await log.until(
    (event) => ['run.completed', 'error'].includes(event.type) && event.run_id === body.run_id,
  )
  if (type === 'error') throw new Error('The run failed.')
  await client.get(`/api/runs/${body.run_id}`)
  return body.run_id
}

/** Posters, narration, captions, one film and a ZIP of all; every file is downloaded once. */
const makeMedia = async (stage: Stage, runId: string, folder: string): Promise<void> => {
  await mkdir(folder, { recursive: true })
  const { failures } = await makeAssets({ ...stage, transcript: quiet }, runId, folder)
  if (failures.length > 0) throw new Error(failures.join('\n'))
  const { client } = stage
  const packed = await client.post(`/api/runs/${runId}/export`, {})
  for (;;) {
    const { body } = await client.get(`/api/runs/${runId}/exports/${packed.body.export_id}`)
    if (body.status === 'failed') throw new Error('The export failed.')
    if (body.status === 'completed') {
      await (await fetch(body.file.url)).arrayBuffer()
      return
    }
    await sleep(1_000)
  }
}

/** Plays one whole session of the rehearsal as the console does, part by part. */
export const playJourneys = async (
  origin: string,
  folder: string,
  watch: JourneyWatch,
  signal: AbortSignal,
): Promise<{ sessionId: string; runId: string }> => {
  const measured = async (
    name: JourneyName,
    times: number,
    work: () => Promise<unknown>,
  ): Promise<void> => {
    watch.begin(name)
    await work()
    await sleep(settleMs)
    await watch.end(name, times)
  }
  watch.begin('session')
  const client = createClient(origin)
  const started = await client.post('/api/chat/session', {})
  client.token = started.body.token
  const sessionId: string = started.body.session_id
  const stream = createStudio({ origin, token: () => client.token })
    .session(sessionId)
    .events({ signal, transports: ['socket'] })
  const log = followLog(stream, () => {}, signal)
  await log.until(({ type }) => type === 'session.started')
  await sleep(settleMs)
  await watch.end('session', 0)
  const stage = { client, at: `/api/chat/session/${sessionId}`, log }
  let runId = ''
  try {
    await takeTurns(stage, measured)
    await measured('spoken_answer', 1, () => answerAudio(client, stage.at))
    await measured('run', 1, async () => {
      runId = await runOnce(stage)
    })
    await measured('media', 1, () => makeMedia(stage, runId, folder))
  } finally {
    await measured('session', 1, async () => stream.close())
  }
  return { sessionId, runId }
}
