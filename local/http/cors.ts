import * as z from 'zod'
import { type GatewayResponse, gatewayMessage } from './gateway-response.ts'
import type { HttpRequest } from './http-request.ts'

const list = z.array(z.string()).default([])

export const corsSchema = z.object({
  AllowOrigins: list,
  AllowMethods: list,
  AllowHeaders: list,
  ExposeHeaders: list,
  AllowCredentials: z.boolean().default(false),
  MaxAge: z.coerce.number().optional(),
})

export type Cors = z.infer<typeof corsSchema>

/** The gateway's own answer to a preflight request; undefined for any other request. */
export const preflightResponse = (
  cors: Cors | undefined,
  request: HttpRequest,
): GatewayResponse | undefined => {
  const asks = request.headers['access-control-request-method'] !== undefined
  if (!cors || request.method !== 'OPTIONS' || !asks) return undefined
  return { ...gatewayMessage(204, {}), headers: preflightHeaders(cors, request) }
}

/** The headers that the gateway adds to every answer; they win over the function's own. */
export const corsHeaders = (
  cors: Cors | undefined,
  request: HttpRequest,
): Record<string, string> => {
  const origin = request.headers.origin
  if (!cors || origin === undefined || !allows(cors, origin)) return {}
  const anyOrigin = cors.AllowOrigins.includes('*')
  return {
    'access-control-allow-origin': anyOrigin ? '*' : origin,
    ...(!anyOrigin && { vary: 'Origin' }),
    ...(cors.AllowCredentials && { 'access-control-allow-credentials': 'true' }),
    ...(cors.ExposeHeaders.length > 0 && {
      'access-control-expose-headers': cors.ExposeHeaders.join(','),
    }),
  }
}

const preflightHeaders = (cors: Cors, request: HttpRequest): Record<string, string> => {
  const allowed = corsHeaders(cors, request)
  if (!('access-control-allow-origin' in allowed)) return {}
  const methods = cors.AllowMethods.includes('*')
    ? ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE']
    : cors.AllowMethods
  const headers = cors.AllowHeaders.includes('*')
    ? (request.headers['access-control-request-headers'] ?? '')
    : cors.AllowHeaders.join(',')
  return {
    ...allowed,
    'access-control-allow-methods': methods.join(','),
    ...(headers && { 'access-control-allow-headers': headers }),
    ...(cors.MaxAge !== undefined && { 'access-control-max-age': String(cors.MaxAge) }),
  }
}

const allows = (cors: Cors, origin: string): boolean => {
  return cors.AllowOrigins.some(
    (allowed) =>
      allowed === '*' ||
      allowed === origin ||
      (allowed.endsWith('://*') && origin.startsWith(allowed.slice(0, -1))),
  )
}
