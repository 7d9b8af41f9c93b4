import { conditionalPuts } from './conditional-put.ts'
import type { FastifyInstance } from './fastify.ts'
import { checkLink, ObjectRefusal } from './signature.ts'
import { checkUploadForm } from './upload-form.ts'

/** Largest object that one request may bring. S3 takes 5 GB, fauxqs by itself 11 MiB. */
const bodyLimit = 100 * 1024 * 1024

/** Methods that only S3 is called by, on the address that it shares with SQS. */
const objectMethods = new Set(['GET', 'HEAD', 'PUT', 'DELETE'])

/**
 * Has the S3 engine check what it takes on trust: that buckets are private, that signed links and
 * upload forms have not expired and say what was signed, and that `If-None-Match: *` finds nothing.
 * Requests with an Authorization header are taken as they are: their sender could read the
 * credentials anyway.
 */
export const guardObjects = (fastify: FastifyInstance): void => {
  const puts = conditionalPuts(fastify)
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith('/:bucket')) route.bodyLimit = bodyLimit
  })
  fastify.addHook('preHandler', async (request, reply) => {
    const { method, headers, params } = request
    const bucket = params.bucket
    if (bucket === undefined) return undefined
    try {
      const type = headers['content-type'] ?? ''
      if (headers.authorization !== undefined) await puts.begin(request)
      else if (objectMethods.has(method)) {
        checkLink({ method, url: request.originalUrl, headers })
      } else if (/^multipart\/form-data/i.test(type) && Buffer.isBuffer(request.body)) {
        await checkUploadForm(bucket, type, new Uint8Array(request.body))
      } else throw new ObjectRefusal('AccessDenied', 'Access Denied')
      return undefined
    } catch (error) {
      if (!(error instanceof ObjectRefusal)) throw error
      const { code, message, status } = error
      return reply
        .status(status)
        .header('content-type', 'application/xml')
        .send(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`)
    }
  })
  fastify.addHook('onResponse', async (request) => puts.end(request))
}
