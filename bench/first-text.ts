import OpenAI from 'openai'
import type { ResponseCreateParamsStreaming } from 'openai/resources/responses/responses'
import { answers } from '../test/support/model-server-answers.ts'
import { samplePlanner } from '../test/support/model-server-samples.ts'
import { now } from './clock.ts'
import { openListener } from './listener.ts'
import type { ModelProcess } from './processes.ts'
import { atMost, type Row, rowOf } from './statistics.ts'

const warmUps = 6
const message = '동백 핸드크림을 팔고 있어요.'

type Way = 'socket' | 'http'

/** Milliseconds from the message to the first `planner.delta` at the person's socket. */
const throughStudio = async (origin: string, way: Way): Promise<number> => {
  const listener = await openListener(origin)
  const sentAt = now()
  const answered =
    way === 'http'
      ? listener.post(`/api/chat/session/${listener.sessionId}/message`, { message })
      : listener.send({ action: 'message', message })
  const first = await listener.until(({ type }) => type === 'planner.delta')
  await listener.until(({ type }) => type === 'turn.completed')
  await answered
  await listener.close()
  return first.at - sentAt
}

/** Milliseconds from the same request to the first character of the reply, with the bare client. */
const throughClient = async (client: OpenAI, request: ResponseCreateParamsStreaming): Promise<number> => {
  const sentAt = now()
  let text = ''
  let firstAt: number | undefined
  for await (const event of await client.responses.create(request)) {
    if (event.type !== 'response.output_text.delta' || firstAt !== undefined) continue
    text += event.delta
    if (/"response_text":"./.test(text)) firstAt = now()
  }
  if (firstAt === undefined) throw new Error('The raw client saw no reply.')
  return firstAt - sentAt
}

/** How much later the first text arrives than it does at the raw client; pairs take turns. */
export const measureFirstText = async (
  origin: string,
  model: ModelProcess,
  pace: { name: string; first: number; between: number },
  way: Way,
  pairs: number,
): Promise<Row[]> => {
  const { name, ...rhythm } = pace
  await model.answer({ planner: answers.json(samplePlanner, { chunkCharacters: 8, pace: rhythm }) })
  await throughStudio(origin, way)
  const request = model.marks.at(-1)?.body as unknown as ResponseCreateParamsStreaming
  const client = new OpenAI({ apiKey: 'raw', baseURL: model.url, maxRetries: 0 })
  const raw: number[] = []
  const studio: number[] = []
  for (let pair = -warmUps; pair < pairs; pair += 1) {
    const studioFirst = pair % 2 === 0
    const before = studioFirst ? await throughStudio(origin, way) : undefined
    const bare = await throughClient(client, request)
    const through = before ?? (await throughStudio(origin, way))
    if (pair < 0) continue
    raw.push(bare)
    studio.push(through)
  }
  const differences = studio.map((value, index) => value - (raw[index] ?? Number.NaN))
  if (process.env.BENCH_DEBUG) console.log(name, way, 'raw', raw.map((v) => v.toFixed(1)).join(' '), '\n studio', studio.map((v) => v.toFixed(1)).join(' '))
  return [
    rowOf(`first text, ${name} model, raw client`, raw, 'ms'),
    rowOf(`first planner.delta, ${name} model, sent over ${way}`, studio, 'ms'),
    rowOf(`  later than the raw client`, differences, 'ms', atMost(15, 'ms')),
  ]
}
