import { AwsError } from '../aws/aws-error.ts'
import type { FastifyInstance, Request } from './fastify.ts'

/**
 * `PUT` with `If-None-Match: *`: refused where there is an object, and where another request
 * writes one on the same condition. `ownHeaders` lets its own look past the guard.
 */
export const conditionalPuts = (fastify: FastifyInstance, ownHeaders: Record<string, string>) => {
  const writers = new Map<string, Request>()
  const isConditional = ({ method, headers }: Request): boolean =>
    method === 'PUT' && headers['if-none-match'] === '*'
  const pathOf = ({ originalUrl }: Request): string => originalUrl.split('?')[0] ?? ''
  return {
    /** Throws AwsError. */
    async begin(request: Request): Promise<void> {
      if (!isConditional(request)) return
      const path = pathOf(request)
      if (writers.has(path)) {
        const message = 'A conflicting operation occurred during processing this request.'
        throw new AwsError('ConditionalRequestConflict', message, 409)
      }
      writers.set(path, request)
      const { statusCode } = await fastify.inject({
        method: 'HEAD',
        url: path,
        headers: ownHeaders,
      })
      if (statusCode === 404) return
      const message = 'At least one of the pre-conditions you specified did not hold'
      throw new AwsError('PreconditionFailed', message, 412)
    },
    end(request: Request): void {
      if (writers.get(pathOf(request)) === request) writers.delete(pathOf(request))
    },
  }
}
