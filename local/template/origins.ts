import * as z from 'zod'
import { partition } from './partition.ts'
import { apiHost, distributionHost, functionUrlHost } from './physical-names.ts'
import type { Resolver } from './resolver.ts'

/** Under these and their logical id, function URLs and WebSocket APIs are reachable. */
const functionUrlsRoot = '/_urls'
const socketsRoot = '/_sockets'

export interface Origins {
  /** Where the public comes in. */
  front: string
  /** Where the functions find the AWS APIs that the engine itself provides. */
  control: string
  /** Where objects are stored, each bucket under a path of its own. */
  objects: string
}

const apiSchema = z.object({ ProtocolType: z.string().optional() })

/** The logical ids of the template's HTTP APIs and WebSocket APIs. */
export const apiIds = (resolver: Resolver): { http: string[]; sockets: string[] } => {
  const ids = resolver.resources('AWS::ApiGatewayV2::Api').map(([logicalId]) => logicalId)
  const isSocketApi = (id: string) =>
    resolver.properties(id, apiSchema).ProtocolType === 'WEBSOCKET'
  return { http: ids.filter((id) => !isSocketApi(id)), sockets: ids.filter(isSocketApi) }
}

export const functionUrlPath = (logicalId: string): string => `${functionUrlsRoot}/${logicalId}`

export const socketPath = (logicalId: string): string => `${socketsRoot}/${logicalId}`

/**
 * Returns what puts local origins in the place of those that AWS would give. The template may be
 * bound to any region; so hosts are known here by all but theirs.
 */
export const createLocalizer = (
  resolver: Resolver,
  origins: Origins,
): ((value: string) => string) => {
  const idsOf = (type: string) => resolver.resources(type).map(([logicalId]) => logicalId)
  const ids = apiIds(resolver)
  const socketOrigin = origins.front.replace('http:', 'ws:')
  const replacements = [
    ...ids.http.map((id) => replace(`https://${apiHost(id)}`, origins.front)),
    ...ids.sockets.flatMap((id) => [
      replace(`https://${apiHost(id)}`, `${origins.control}${socketPath(id)}`),
      replace(`wss://${apiHost(id)}`, `${socketOrigin}${socketPath(id)}`),
    ]),
    ...idsOf('AWS::Lambda::Url').map((id) =>
      replace(`https://${functionUrlHost(id)}`, `${origins.front}${functionUrlPath(id)}`),
    ),
    ...idsOf('AWS::S3::Bucket').map((id) =>
      replace(`https://${resolver.attribute(id, 'RegionalDomainName')}`, origins.objects),
    ),
    ...idsOf('AWS::CloudFront::Distribution').map((id) =>
      replace(`https://${distributionHost(id)}`, origins.front),
    ),
  ]
  return (value) =>
    replacements.reduce((text, [pattern, origin]) => text.replaceAll(pattern, origin), value)
}

const replace = (url: string, origin: string): [RegExp, string] => {
  const escaped = url.replaceAll('.', '\\.').replace(partition.region, '[a-z0-9-]+')
  return [new RegExp(escaped, 'g'), origin]
}
