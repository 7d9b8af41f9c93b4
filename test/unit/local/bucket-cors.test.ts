import { expect, test } from 'vitest'
import { allowOrigins, bucketCorsSchema } from '../../../local/objects/cors.ts'
import type { FastifyInstance, Reply, Request } from '../../../local/objects/fastify.ts'

type Hook = (request: Request, reply: Reply, payload: unknown) => Promise<unknown>

const { CorsRules } = bucketCorsSchema.parse({
  CorsRules: [
    { AllowedOrigins: ['*'], AllowedMethods: ['GET', 'POST'], AllowedHeaders: ['*'], MaxAge: 60 },
    { AllowedOrigins: ['https://studio.example'], AllowedMethods: ['PUT'] },
  ],
})

/** What the engine answers to a page: the status of a preflight, and the headers. */
const answer = async (method: string, url: string, headers: Record<string, string>) => {
  const hooks = new Map<string, Hook>()
  const fastify = { addHook: (name: string, hook: Hook) => hooks.set(name, hook) }
  allowOrigins(fastify as unknown as FastifyInstance, new Map([['media', CorsRules]]))
  const sent: Record<string, string> = {}
  let status: number | undefined
  const reply: Reply = {
    statusCode: 200,
    status: (code) => {
      status = code
      return reply
    },
    header: (name, value) => {
      sent[name] = value
      return reply
    },
    send: () => reply,
  }
  const request = { method, originalUrl: url, headers, params: {}, body: undefined }
  await hooks.get('preHandler')?.(request, reply, undefined)
  await hooks.get('onSend')?.(request, reply, '')
  return { status, sent }
}

const page = { origin: 'http://127.0.0.1:5173' }
const asks = (method: string) => ({ ...page, 'access-control-request-method': method })

test('a page may send a form and read a link', async () => {
  const { status, sent } = await answer('OPTIONS', '/media', {
    ...asks('POST'),
    'access-control-request-headers': 'content-type',
  })
  expect(status).toBe(200)
  expect(sent).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type',
    'access-control-max-age': '60',
  })
  expect((await answer('GET', '/media/a?X-Amz-Signature=b', page)).sent).toMatchObject({
    'access-control-allow-origin': '*',
  })
})

test('a method is for the origins that its rule names', async () => {
  expect(await answer('OPTIONS', '/media/a', asks('PUT'))).toEqual({ status: undefined, sent: {} })
  const studio = { ...asks('PUT'), origin: 'https://studio.example' }
  expect((await answer('OPTIONS', '/media/a', studio)).sent).toMatchObject({
    'access-control-allow-origin': 'https://studio.example',
  })
})

test('another bucket, and a request of no page, get nothing', async () => {
  expect(await answer('OPTIONS', '/other', asks('POST'))).toEqual({ status: undefined, sent: {} })
  expect((await answer('GET', '/media/a', {})).sent).toEqual({})
})
