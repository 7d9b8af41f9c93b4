import { createHttp } from '../../../shared/client/http.ts'
import type { RouteLine } from '../../../shared/client/routes.ts'
import { routes } from '../../../shared/contracts/http.ts'

interface Known {
  method: string
  line: RouteLine
  pattern: RegExp
  isExact: boolean
}

/** Exact paths first: an id may look like a word of one. */
const known: Known[] = Object.values(routes)
  .map(({ method, path, idempotent }) => ({
    method,
    line: `${method}${idempotent ? '!' : ''} ${path}` as RouteLine,
    pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    isExact: !path.includes('{'),
  }))
  .sort((one, other) => Number(other.isExact) - Number(one.isExact))

const decoded = (part: string): string | undefined => {
  try {
    const text = decodeURIComponent(part)
    return encodeURIComponent(text) === part ? text : undefined
  } catch {
    return undefined
  }
}

const isSendable = (body: unknown): boolean =>
  body === undefined || (typeof body === 'object' && body !== null && !Array.isArray(body))

interface Wish {
  method: string
  /** With its query. */
  path: string
  body: unknown
}

export interface PublicCall {
  line: RouteLine
  request: {
    params: Record<string, string>
    query: Record<string, string>
    body?: unknown
    form?: FormData
  }
}

/** A request as the public client would send it; undefined when it would send none such, or another one. */
export const asPublicCall = ({ method, path, body }: Wish): PublicCall | undefined => {
  const [bare = '', search = ''] = path.split('?')
  const route = known.find((it) => it.method === method && it.pattern.test(bare))
  if (!route || !isSendable(body)) return undefined
  const query = Object.fromEntries(new URLSearchParams(search))
  if (String(new URLSearchParams(query)) !== search) return undefined
  const params: Record<string, string> = {}
  for (const [name, part] of Object.entries(route.pattern.exec(bare)?.groups ?? {})) {
    const value = decoded(part)
    if (value === undefined) return undefined
    params[name] = value
  }
  const payload = body instanceof FormData ? { form: body } : { body }
  return {
    line: route.line,
    request: { params, query, ...(body === undefined ? {} : payload) },
  }
}

/** Sends a call by the public client, and answers what came over the wire, whether it liked that or not. */
export const callPublicly = async (
  { origin, token }: { origin: string; token: string | undefined },
  { line, request }: PublicCall,
  headers: Record<string, string>,
): Promise<Response> => {
  let answered: Response | undefined
  const http = createHttp({
    origin,
    token,
    retries: 0,
    async fetch(input, init) {
      const response = await fetch(input, init)
      answered = response.clone()
      return response
    },
  })
  const open = http.open as (
    line: RouteLine,
    request: PublicCall['request'] & { headers: Record<string, string> },
  ) => Promise<Response>
  try {
    const response = await open(line, { ...request, headers })
    answered = undefined
    return response
  } catch (problem) {
    if (answered) return answered
    throw (problem as Error).cause ?? problem
  }
}
