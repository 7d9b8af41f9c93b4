import type { ServerResponse } from 'node:http'
import * as z from 'zod'
import { toBrowser } from './plain-cookies.ts'

const headerValue = z.union([z.string(), z.number(), z.boolean()]).transform(String)

const responseSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), headerValue).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
})

/** A whole answer of a gateway. */
export interface GatewayResponse {
  statusCode: number
  headers: Record<string, string>
  cookies: string[]
  body: Buffer
}

/**
 * Reads what a function returned in payload format 2.0, where a value without `statusCode` is the
 * JSON body itself. Returns undefined for what a gateway cannot read.
 */
export const readGatewayResponse = (payload: unknown): GatewayResponse | undefined => {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) {
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      cookies: [],
      body: Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload)),
    }
  }
  const parsed = responseSchema.safeParse(payload)
  if (!parsed.success) return undefined
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data
  return {
    statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...lowerCased(headers ?? {}) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  }
}

/** The answer of a gateway itself, when there is none of a function. */
export const gatewayMessage = (statusCode: number, body: object): GatewayResponse => ({
  statusCode,
  headers: { 'content-type': 'application/json' },
  cookies: [],
  body: Buffer.from(JSON.stringify(body)),
})

export const writeGatewayResponse = (response: ServerResponse, answer: GatewayResponse): void => {
  const bodiless = answer.statusCode === 204 || answer.statusCode === 304
  response.writeHead(answer.statusCode, {
    ...answer.headers,
    ...(answer.cookies.length > 0 && { 'set-cookie': answer.cookies.map(toBrowser) }),
    ...(!bodiless && { 'content-length': String(answer.body.length) }),
  })
  response.end(bodiless ? undefined : answer.body)
}

export const lowerCased = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
