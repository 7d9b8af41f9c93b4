import OpenAI from 'openai'
import { requests } from './requests.mjs'

const client = new OpenAI({ apiKey: 'bench', baseURL: process.env.OPENAI_BASE_URL, maxRetries: 0 })

/** Streams the answer to an asker's request, and returns the whole of it. */
export const ask = async (asker, onText = () => {}) => {
  let answer = ''
  const events = await client.responses.create({ ...requests[asker], stream: true })
  for await (const event of events) {
    if (event.type !== 'response.output_text.delta') continue
    answer += event.delta
    await onText(event.delta)
  }
  return answer
}
