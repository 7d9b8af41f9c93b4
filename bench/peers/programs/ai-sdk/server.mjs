/** The Vercel AI SDK behind a bare Node server: no log, no resume. */
import { createServer } from 'node:http'
import { createOpenAI } from '@ai-sdk/openai'
import { jsonSchema, Output, streamText } from 'ai'
import { askers, requests } from '../requests.mjs'

const openai = createOpenAI({ apiKey: 'bench', baseURL: process.env.OPENAI_BASE_URL })

const ask = (asker) => {
  const { model, instructions, input, text } = requests[asker]
  const schema = text?.format?.schema
  return streamText({
    model: openai.responses(model),
    instructions,
    messages: input,
    maxRetries: 0,
    ...(schema && {
      output: Output.object({ schema: jsonSchema(schema), name: text.format.name }),
    }),
    ...(asker === 'search' && { tools: { web_search: openai.tools.webSearch({}) } }),
  })
}

const routes = {
  '/turn': (response) => ask('planner').pipeTextStreamToResponse(response),
  '/run': async (response) => {
    for (const asker of askers) await ask(asker).text
    response.end('{"done":true}')
  },
}

createServer(async (request, response) => {
  request.resume()
  const route = routes[request.url]
  if (route === undefined) return response.writeHead(404).end()
  try {
    await route(response)
  } catch (error) {
    console.error(error)
    response.writeHead(500).end(String(error))
  }
}).listen(Number(process.env.PORT), '127.0.0.1')
