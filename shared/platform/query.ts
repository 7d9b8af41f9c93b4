import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { invalidInput, printable } from './field-errors.ts'

/**
 * A request's query by name. Gateways join the values of a repeated parameter with commas, so that two
 * values would look like one of another kind.
 * @throws StudioError INVALID_INPUT for a parameter that is given twice
 */
export const readQuery = ({
  rawQueryString = '',
  queryStringParameters = {},
}: Partial<Pick<APIGatewayProxyEventV2, 'rawQueryString' | 'queryStringParameters'>>): Record<
  string,
  string | undefined
> => {
  const seen = new Set<string>()
  for (const name of new URLSearchParams(rawQueryString).keys()) {
    if (seen.has(name)) {
      throw invalidInput([{ path: printable(name), message: 'must be given once' }])
    }
    seen.add(name)
  }
  return queryStringParameters
}
