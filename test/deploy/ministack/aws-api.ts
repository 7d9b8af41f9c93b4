import { signedHeaders } from '../../../local/aws/signature.ts'

/** What MiniStack takes for the account's root. */
export const rootKeys = { accessKeyId: 'test', secretAccessKey: 'test' } as const

/** An answer of an AWS API, whatever its status. */
export interface AwsAnswer {
  status: number
  text: string
}

interface Keys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

interface Call {
  method: string
  /** With its query. */
  path: string
  headers?: Record<string, string>
  body?: string
}

/** The AWS APIs behind one endpoint, for services whose SDK the project does not have. */
export interface AwsApi {
  endpoint: string
  /** One signed request. */
  call(service: string, request: Call): Promise<AwsAnswer>
  /** One call of a service that speaks JSON under a target. @throws Error with the service's own words */
  json<T>(service: string, target: string, body: object): Promise<T>
  /** One call of a service that speaks queries and XML. */
  query(service: string, version: string, fields: Record<string, string>): Promise<AwsAnswer>
}

/** @param keys of the caller; the root's when not given */
export const createAwsApi = (endpoint: string, keys: Keys = rootKeys): AwsApi => {
  const call: AwsApi['call'] = async (service, { method, path, headers = {}, body }) => {
    const url = `${endpoint}${path}`
    const sent = { method, headers, ...(body === undefined ? {} : { body }) }
    const signed = await signedHeaders(service, url, sent, keys)
    const answer = await fetch(url, { ...sent, headers: signed })
    return { status: answer.status, text: await answer.text() }
  }
  return {
    endpoint,
    call,
    async json(service, target, body) {
      const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': target }
      const request = { method: 'POST', path: '/', headers, body: JSON.stringify(body) }
      const { status, text } = await call(service, request)
      if (status >= 300) throw new Error(`${target} answered ${status}: ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    query(service, Version, fields) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const body = `${new URLSearchParams({ ...fields, Version })}`
      return call(service, { method: 'POST', path: '/', headers, body })
    },
  }
}
