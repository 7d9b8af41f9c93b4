import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BlindModel, refusesPictures } from '../../../shared/clients/openai/blind-model.ts'
import { openModel } from '../../../shared/clients/openai/model.ts'
import type { ModelRequest } from '../../../shared/clients/openai/model-client.ts'
import { inputTokenBound, tokensOfImage } from '../../../shared/rules/token-bound.ts'
import { chatEvents, responsesEvents } from '../../support/model-server/dialect-events.ts'
import {
  jsonAnswer,
  type RawServer,
  startRawServer,
  streamAnswer,
} from '../../support/model-server/raw-server.ts'

let server: RawServer
beforeAll(async () => {
  server = await startRawServer()
})
afterAll(() => server.stop())

const image = { contentType: 'image/jpeg', bytes: new Uint8Array([1, 2, 3]) } as const
const url = 'data:image/jpeg;base64,AQID'
const request: ModelRequest = {
  model: 'm',
  instructions: 'Look.',
  messages: [
    { role: 'user', content: 'before' },
    { role: 'user', content: 'this', images: [image] },
  ],
}
const ask = async (api: 'responses' | 'chat', asked = request) => {
  const model = openModel({ apiKey: async () => 'k', baseUrl: server.url, api })
  for await (const _ of await model.stream(asked, new AbortController().signal));
}

describe('a picture', () => {
  test('is an input_image of Responses, and texts alone stay strings', async () => {
    server.respond(() => streamAnswer(responsesEvents({ text: 'seen' })))
    await ask('responses')
    expect(server.calls.at(-1)?.body).toMatchObject({
      input: [
        { type: 'message', role: 'user', content: 'before' },
        {
          type: 'message',
          role: 'user',
          content: [
            { type: 'input_text', text: 'this' },
            { type: 'input_image', image_url: url, detail: 'auto' },
          ],
        },
      ],
    })
  })

  test('is an image_url of chat, in the one message of its role', async () => {
    server.respond(() => streamAnswer(chatEvents('seen')))
    await ask('chat')
    expect(server.calls.at(-1)?.body).toMatchObject({
      messages: [
        { role: 'system', content: 'Look.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'before\n\nthis' },
            { type: 'image_url', image_url: { url } },
          ],
        },
      ],
    })
    await ask('chat', { ...request, messages: [{ role: 'user', content: 'text alone' }] })
    expect(server.calls.at(-1)?.body).toMatchObject({
      messages: [{ role: 'system' }, { role: 'user', content: 'text alone' }],
    })
  })

  test('counts as many tokens at most, and its bytes for none', () => {
    const without = { ...request, messages: request.messages.map(({ images: _, ...rest }) => rest) }
    expect(inputTokenBound(request) - inputTokenBound(without)).toBe(tokensOfImage)
  })
})

const told = (status: number | undefined, message: string, words = '') =>
  refusesPictures({
    status,
    message,
    words,
    code: undefined,
    field: undefined,
    requestId: undefined,
    wait: undefined,
    inStream: false,
  })

describe('a server without eyes', () => {
  test.each([
    [
      500,
      'image input is not supported - hint: if this is unexpected, you may need to provide the mmproj',
    ],
    [500, 'Failed to parse messages: Unsupported content part type: "image_url"; messages = []'],
    [400, 'a-model is not a multimodal model'],
    [400, 'Model does not support images. Please use a model that does.'],
    [400, 'Invalid content type. image_url is only supported by certain models.'],
    [422, 'unknown variant `image_url`, expected `text` at line 1 column 200'],
    [400, "'messages.1.content' must be a string"],
    [404, 'No endpoints found that support image input'],
    [400, 'this model is missing data required for image input'],
    [400, 'This model only supports text.'],
    [422, 'input[0].content: Input should be a valid string'],
  ])('is known by status %s and “%s”', (status, message) => {
    expect(told(status, message)).toBe(true)
  })

  test.each([
    [400, 'The image is too large: at most 20 MB are supported.'],
    [400, 'The image data you provided does not represent a valid image; it could not be decoded.'],
    [400, 'Unsupported parameter: reasoning.effort'],
    [429, 'image input is not supported'],
    [401, 'vision is not enabled for this key'],
    [400, 'Your image was rejected by our safety system, which does not allow it.'],
    [500, 'The server had an error.'],
  ])('is not what status %s with “%s” means', (status, message) => {
    expect(told(status, message)).toBe(false)
  })

  test('is told as such, and never for a request without a picture', async () => {
    server.respond(() =>
      jsonAnswer({ error: { message: 'a-model is not a multimodal model' } }, 400),
    )
    await expect(ask('chat')).rejects.toBeInstanceOf(BlindModel)
    const alone = { ...request, messages: [{ role: 'user' as const, content: 'x' }] }
    await expect(ask('chat', alone)).rejects.not.toBeInstanceOf(BlindModel)
  })
})
