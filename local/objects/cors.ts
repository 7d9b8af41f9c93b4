import * as z from 'zod'
import type { FastifyInstance, Reply, Request } from './fastify.ts'

const list = z.array(z.string()).default([])

/** What a bucket lets pages of other origins do. */
export const bucketCorsSchema = z
  .object({
    CorsRules: z.array(
      z.object({
        AllowedOrigins: list,
        AllowedMethods: list,
        AllowedHeaders: list,
        ExposedHeaders: list,
        MaxAge: z.coerce.number().optional(),
      }),
    ),
  })
  .transform(({ CorsRules }) => CorsRules)

export type BucketCorsRule = z.infer<typeof bucketCorsSchema>[number]

/** Rules by the name of the bucket; those of a template come when it is applied. */
export type BucketCors = Map<string, readonly BucketCorsRule[]>

const bucketOf = ({ originalUrl }: Request): string =>
  decodeURIComponent(originalUrl.split(/[/?]/)[1] ?? '')

/** S3 takes the first rule that fits. */
const ruleFor = (
  cors: BucketCors,
  request: Request,
  method: string,
): BucketCorsRule | undefined => {
  const { origin } = request.headers
  if (origin === undefined) return undefined
  return cors
    .get(bucketOf(request))
    ?.find(
      ({ AllowedOrigins, AllowedMethods }) =>
        AllowedMethods.includes(method) &&
        (AllowedOrigins.includes('*') || AllowedOrigins.includes(origin)),
    )
}

const answer = (reply: Reply, rule: BucketCorsRule, origin: string): void => {
  const isAny = rule.AllowedOrigins.includes('*')
  reply.header('access-control-allow-origin', isAny ? '*' : origin)
  reply.header('access-control-allow-methods', rule.AllowedMethods.join(', '))
  reply.header('vary', 'Origin')
  if (rule.ExposedHeaders.length > 0) {
    reply.header('access-control-expose-headers', rule.ExposedHeaders.join(', '))
  }
}

/** Has the objects' engine answer pages as their buckets' rules say; before the guard: a preflight is not signed. */
export const answerPages = (fastify: FastifyInstance, cors: BucketCors): void => {
  fastify.addHook('preHandler', async (request, reply) => {
    const { method, headers } = request
    const wished = headers['access-control-request-method']
    if (method === 'OPTIONS' && wished !== undefined) {
      const rule = ruleFor(cors, request, wished)
      if (!rule) return reply.status(403).send('')
      answer(reply, rule, headers.origin ?? '')
      const asked = headers['access-control-request-headers']
      if (asked !== undefined && rule.AllowedHeaders.length > 0) {
        const any = rule.AllowedHeaders.includes('*')
        reply.header('access-control-allow-headers', any ? asked : rule.AllowedHeaders.join(', '))
      }
      if (rule.MaxAge !== undefined) reply.header('access-control-max-age', String(rule.MaxAge))
      return reply.status(200).send('')
    }
    const rule = ruleFor(cors, request, method)
    if (rule) answer(reply, rule, headers.origin ?? '')
    return undefined
  })
}
