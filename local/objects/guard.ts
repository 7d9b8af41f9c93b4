import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { AwsError } from '../aws/aws-error.ts'
import { checkHeader, checkLink } from '../aws/signature.ts'
import { conditionalPuts } from './conditional-put.ts'
import type { FastifyInstance, Reply, Request } from './fastify.ts'
import { checkUploadForm } from './upload-form.ts'

/** Largest object that one request may bring. S3 takes 5 GB, fauxqs by itself 11 MiB. */
const bodyLimit = 100 * 1024 * 1024

/** Bodies of these types reach the hooks parsed, and a signature is over what was sent. */
const parsedTypes = /^application\/(x-amz-json-1\.0|x-www-form-urlencoded)\b/i

/** What refusals by S3 are called by SQS. */
const queueCodes: Record<string, string> = {
  AccessDenied: 'MissingAuthenticationToken',
  InvalidAccessKeyId: 'InvalidClientTokenId',
}

const refuse = (request: Request, reply: Reply, { code, message, status }: AwsError): Reply => {
  if (request.headers['x-amz-target'] === undefined) {
    return reply
      .status(status)
      .header('content-type', 'application/xml')
      .send(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`)
  }
  const __type = queueCodes[code] ?? code
  return reply
    .status(status)
    .header('content-type', 'application/x-amz-json-1.0')
    .header('x-amzn-errortype', __type)
    .send(JSON.stringify({ __type, message }))
}

/** Checks that a request was signed with the engine's credentials. Throws AwsError. */
const checkRequest = async (request: Request, raw: Buffer | undefined): Promise<void> => {
  const { method, headers, params, originalUrl: url, body } = request
  const type = headers['content-type'] ?? ''
  const bytes = raw ?? (Buffer.isBuffer(body) ? body : Buffer.alloc(0))
  if (headers.authorization !== undefined) await checkHeader({ method, url, headers }, bytes)
  else if (/[?&]X-Amz-Signature=/.test(url)) await checkLink({ method, url, headers })
  else if (
    method === 'POST' &&
    params.bucket !== undefined &&
    // The bucket itself: a form signs no other operation, such as `POST /bucket?delete`.
    /^\/[^/?]+\/?$/.test(url) &&
    /^multipart\/form-data/i.test(type)
  ) {
    await checkUploadForm(params.bucket, type, new Uint8Array(bytes))
  } else throw new AwsError('AccessDenied', 'Access Denied', 403)
}

/**
 * Has the engine of S3 and SQS check what it takes on trust: that every request is signed with the
 * engine's own credentials, by its headers, its link or its upload form, that neither has expired, and
 * that `If-None-Match: *` finds nothing. Returns headers with which the engine's own requests get past.
 */
export const guardObjects = (fastify: FastifyInstance): Record<string, string> => {
  const ownHeaders = { 'x-engine': randomUUID() }
  const puts = conditionalPuts(fastify, ownHeaders)
  const isOwn = ({ headers }: Request): boolean => headers['x-engine'] === ownHeaders['x-engine']
  const rawBodies = new WeakMap<Request, Buffer>()
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith('/:bucket')) route.bodyLimit = bodyLimit
  })
  fastify.addHook('preParsing', async (request, _, payload) => {
    if (isOwn(request) || !parsedTypes.test(request.headers['content-type'] ?? '')) return payload
    const raw = await buffer(payload)
    rawBodies.set(request, raw)
    return Readable.from([raw])
  })
  fastify.addHook('preHandler', async (request, reply) => {
    if (isOwn(request) || request.originalUrl === '/health') return undefined
    try {
      await checkRequest(request, rawBodies.get(request))
      await puts.begin(request)
      return undefined
    } catch (error) {
      if (error instanceof AwsError) return refuse(request, reply, error)
      throw error
    }
  })
  fastify.addHook('onResponse', async (request) => puts.end(request))
  return ownHeaders
}
