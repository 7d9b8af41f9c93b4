import OpenAI from 'openai'
import type { ResponseCreateParamsStreaming } from 'openai/resources/responses/responses'
import { startSession } from '../test/support/studio/client.ts'
import { openEvents } from '../test/support/studio/event-reader.ts'
import { now } from './clock.ts'
import { openListener } from './listener.ts'
import type { ModelProcess } from './processes.ts'
import { instant, type Pace, shortTurn } from './scripts.ts'
import { atMost, type Row, rowOf } from './statistics.ts'

const warmUps = 8
const message = '동백 핸드크림을 팔고 있어요.'

/** How the message is sent. The reply comes over the socket, or with `sse` as the answer's stream. */
type Transport = 'socket' | 'http' | 'sse'

/** Milliseconds from the message until the model had the request, and until the first text came. */
interface Times {
  asked: number
  firstText: number
}

const throughStream = async (origin: string, model: ModelProcess): Promise<Times> => {
  const { client, sessionId } = await startSession(origin)
  const call = model.nextCall()
  const sentAt = now()
  const path = `/api/chat/session/${sessionId}/message/stream`
  const reader = await openEvents(client, path, { post: { message } })
  await reader.until(() => reader.messages.some(({ event }) => event === 'planner.delta'))
  const firstAt = now()
  await reader.ended
  return { asked: (await call).receivedAt - sentAt, firstText: firstAt - sentAt }
}

const throughStudio = async (
  origin: string,
  model: ModelProcess,
  transport: Transport,
): Promise<Times> => {
  if (transport === 'sse') return throughStream(origin, model)
  const listener = await openListener(origin)
  const call = model.nextCall()
  const sentAt = now()
  const answered =
    transport === 'http'
      ? listener.post(`/api/chat/session/${listener.sessionId}/message`, { message })
      : listener.send({ action: 'message', message })
  const first = await listener.until(({ type }) => type === 'planner.delta')
  await listener.until(({ type }) => type === 'turn.completed')
  await answered
  await listener.close()
  return { asked: (await call).receivedAt - sentAt, firstText: first.at - sentAt }
}

/** The same request through the raw client; its first text is the first character of the reply. */
const throughClient = async (
  client: OpenAI,
  model: ModelProcess,
  request: ResponseCreateParamsStreaming,
): Promise<Times> => {
  const call = model.nextCall()
  const sentAt = now()
  let text = ''
  let firstAt: number | undefined
  for await (const event of await client.responses.create(request)) {
    if (event.type !== 'response.output_text.delta' || firstAt !== undefined) continue
    text += event.delta
    if (/"response_text":"./.test(text)) firstAt = now()
  }
  if (firstAt === undefined) throw new Error('The raw client saw no reply.')
  return { asked: (await call).receivedAt - sentAt, firstText: firstAt - sentAt }
}

/** How much later than at the raw client the first text arrives; the two alternate. */
export const measureFirstText = async (
  origin: string,
  model: ModelProcess,
  { pace, transport, pairs }: { pace: Pace; transport: Transport; pairs: number },
): Promise<Row[]> => {
  await model.answer(shortTurn(instant))
  const call = model.nextCall()
  await throughStudio(origin, model, transport)
  const request = { ...(await call).body, stream: true } as ResponseCreateParamsStreaming
  const client = new OpenAI({ apiKey: 'raw', baseURL: model.url, maxRetries: 0 })
  const differences: Times[] = []
  for (let pair = -warmUps; pair < pairs; pair += 1) {
    if (pair === 0) await model.answer(shortTurn(pace))
    const studioFirst = pair % 2 === 0 ? await throughStudio(origin, model, transport) : undefined
    const raw = await throughClient(client, model, request)
    const studio = studioFirst ?? (await throughStudio(origin, model, transport))
    if (pair < 0) continue
    differences.push({
      asked: studio.asked - raw.asked,
      firstText: studio.firstText - raw.firstText,
    })
  }
  const of = (pick: (times: Times) => number): number[] => differences.map(pick)
  return [
    rowOf(
      `first planner.delta after the raw client's text, ${pace.name} model, over ${transport}`,
      of(({ firstText }) => firstText),
      'ms',
      pace.first > 0 ? atMost(15, 'ms') : undefined,
    ),
    rowOf(
      '  of it until the model has the request',
      of(({ asked }) => asked),
      'ms',
    ),
  ]
}
