import { environmentNames, spendSettingNames } from '../../../shared/platform/environment-names.ts'
import { until } from '../limits/until.ts'
import { finishedRun } from '../media/asset-client.ts'
import { answers } from '../model-server/answers.ts'
import { studioOf, waitForEvent } from '../studio/client.ts'
import { readySession, type Studio, scriptRun } from '../studio/studio.ts'
import { startReceiver } from '../webhooks/receiver.ts'

/** A server of one's own has no known price, and no spending to show; a receiver on this machine gets webhooks. */
export const settingsToShow = {
  [spendSettingNames.modelPrices]: '*=1.25/10,web_search=0.01',
  [environmentNames.webhooksAllowLoopback]: 'true',
}

const message = '무엇이 더 필요한가요'

/** A session whose run fails at a stage and is resumed to its end. */
const failAndResume = async (studio: Studio): Promise<void> => {
  const { client, sessionId } = await readySession(studio)
  studio.model.script('strategy', answers.status(500), answers.status(500))
  scriptRun(studio.model)
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'error')
  await client.post(`/api/runs/${body.run_id}/resume`)
  await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed')
}

/** An export whose end a webhook is told of. */
const tellAWebhook = async (studio: Studio): Promise<void> => {
  const receiver = await startReceiver()
  try {
    const { client, runId } = await finishedRun(studio)
    const { body } = await client.post('/api/webhooks', { url: receiver.url })
    await client.post(`/api/runs/${runId}/export`, {})
    await until('the webhook', () => receiver.received.length > 0)
    await client.delete(`/api/webhooks/${body.webhook_id}`)
  } finally {
    await receiver.stop()
  }
}

/** A message that gets no answer. */
const failTurn = async (studio: Studio): Promise<void> => {
  const { client, sessionId } = await readySession(studio)
  studio.model.script('planner', answers.status(500), answers.status(500))
  await client.post(`/api/chat/session/${sessionId}/message`, { message })
}

/** A reader that follows a session over Server-Sent Events for its first event. */
const readStream = async (studio: Studio): Promise<void> => {
  const { client, sessionId } = await readySession(studio)
  const stream = studioOf(client)
    .session(sessionId)
    .events({ after: 0, transports: ['sse'] })
  for await (const _ of stream) break
}

/** A few journeys of every kind, one after the other, so that each graph has something to show. */
export const liveALittle = async (studio: Studio, rounds: number): Promise<void> => {
  for (let round = 0; round < rounds; round += 1) {
    const { client, runId, assetsOf } = await finishedRun(studio)
    const { body } = await client.post(`/api/runs/${runId}/export`, {})
    await assetsOf.ended(body.job_id)
    await readStream(studio)
    await tellAWebhook(studio)
    if (round % 2 === 0) await failTurn(studio)
    if (round % 2 === 1) await failAndResume(studio)
  }
}
