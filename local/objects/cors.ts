import * as z from 'zod'
import type { FastifyInstance, Request } from './fastify.ts'

const texts = z.array(z.string()).default([])

const rule = z.object({
  AllowedOrigins: texts,
  AllowedMethods: texts,
  AllowedHeaders: texts,
  ExposedHeaders: texts,
  MaxAge: z.coerce.number().optional(),
})

/** A bucket's `CorsConfiguration`. */
export const bucketCorsSchema = z.object({ CorsRules: z.array(rule) })
type Rule = z.infer<typeof rule>

/** The rules of each bucket, by its name. */
export type BucketCors = Map<string, readonly Rule[]>

const matches = (pattern: string, value: string): boolean =>
  pattern === '*' || pattern.toLowerCase() === value.toLowerCase()

/** The first rule that admits a page's request, as S3 chooses it. */
const ruleFor = (cors: BucketCors, { headers, originalUrl, method }: Request): Rule | undefined => {
  const { origin } = headers
  if (origin === undefined) return undefined
  const asked = method === 'OPTIONS' ? headers['access-control-request-method'] : method
  const named = (headers['access-control-request-headers'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const bucket = decodeURIComponent(originalUrl.split(/[/?]/)[1] ?? '')
  return cors
    .get(bucket)
    ?.find(
      ({ AllowedOrigins, AllowedMethods, AllowedHeaders }) =>
        AllowedOrigins.some((allowed) => matches(allowed, origin)) &&
        AllowedMethods.some((allowed) => matches(allowed, asked ?? '')) &&
        named.every((name) => AllowedHeaders.some((allowed) => matches(allowed, name))),
    )
}

const headersOf = (found: Rule, { method, headers }: Request): Record<string, string> => ({
  'access-control-allow-origin': found.AllowedOrigins.includes('*') ? '*' : (headers.origin ?? ''),
  'access-control-allow-methods': found.AllowedMethods.join(', '),
  vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  ...(found.ExposedHeaders.length > 0 && {
    'access-control-expose-headers': found.ExposedHeaders.join(', '),
  }),
  ...(method === 'OPTIONS' && {
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
    ...(found.MaxAge !== undefined && { 'access-control-max-age': String(found.MaxAge) }),
  }),
})

/** Lets pages of other origins do with a bucket what its rules say; a preflight needs no signature. */
export const allowOrigins = (fastify: FastifyInstance, cors: BucketCors): void => {
  fastify.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'OPTIONS' || !ruleFor(cors, request)) return undefined
    return reply.status(200).send('')
  })
  fastify.addHook('onSend', async (request, reply, payload) => {
    const found = ruleFor(cors, request)
    for (const [name, value] of Object.entries(found ? headersOf(found, request) : {})) {
      reply.header(name, value)
    }
    return payload
  })
}
