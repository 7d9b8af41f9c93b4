/** The raw client as a child process: sends requests one behind the other, and reports their times. */
import OpenAI from 'openai'
import type { ResponseCreateParamsStreaming } from 'openai/resources/responses/responses'
import { now } from './clock.ts'

/** Times in milliseconds since the epoch. */
export interface RawTimes {
  sentAt: number
  /** The first character of the reply; of an answer without a reply, the first of the answer. */
  firstAt: number
  completedAt: number
}

export interface ToRaw {
  modelUrl: string
  requests: readonly object[]
}
export type FromRaw = { times: RawTimes[] } | { failed: string }

/** How the answer of the planner begins its reply. */
const reply = /"response_text":"./
let client: OpenAI | undefined

const ask = async (openai: OpenAI, request: object): Promise<RawTimes> => {
  const body = { ...request, stream: true } as ResponseCreateParamsStreaming
  const replies = JSON.stringify(body.text ?? '').includes('response_text')
  const sentAt = now()
  let text = ''
  let firstAt: number | undefined
  for await (const event of await openai.responses.create(body)) {
    if (event.type !== 'response.output_text.delta' || firstAt !== undefined) continue
    text += event.delta
    if (!replies || reply.test(text)) firstAt = now()
  }
  if (firstAt === undefined) throw new Error('There was no reply.')
  return { sentAt, firstAt, completedAt: now() }
}

process.on('disconnect', () => process.exit(0))
process.on('message', async ({ modelUrl, requests }: ToRaw) => {
  const send = (message: FromRaw): void => void process.send?.(message)
  client ??= new OpenAI({ apiKey: 'raw', baseURL: modelUrl, maxRetries: 0 })
  try {
    const times: RawTimes[] = []
    for (const request of requests) times.push(await ask(client, request))
    send({ times })
  } catch (error) {
    send({ failed: String(error) })
  }
})
