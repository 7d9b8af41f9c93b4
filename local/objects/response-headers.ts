import type { FastifyInstance } from './fastify.ts'

/** Parameters of a signed `GET` by which S3 answers with other headers than were stored. */
const overrides: Readonly<Record<string, string>> = {
  'response-content-type': 'content-type',
  'response-content-disposition': 'content-disposition',
  'response-content-language': 'content-language',
  'response-content-encoding': 'content-encoding',
  'response-cache-control': 'cache-control',
  'response-expires': 'expires',
}

/** Has the objects' engine answer with the headers that a link asks for; the guard has checked the link. */
export const overrideHeaders = (fastify: FastifyInstance): void => {
  fastify.addHook('onSend', async (request, reply, payload) => {
    const { method, originalUrl } = request
    if (method !== 'GET' || reply.statusCode >= 300) return payload
    const { searchParams } = new URL(originalUrl, 'http://objects')
    for (const [parameter, header] of Object.entries(overrides)) {
      const value = searchParams.get(parameter)
      if (value !== null) reply.header(header, value)
    }
    return payload
  })
}
