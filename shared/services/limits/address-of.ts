import { createHmac } from 'node:crypto'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import { secret } from '../../clients/secrets.ts'
import { requiredSetting, setting } from '../../platform/environment.ts'
import { environmentNames } from '../../platform/environment-names.ts'
import { networkBehind } from '../../platform/network-address.ts'

/** Of the hash's 32 bytes, as base64url: enough that no two networks meet. */
const hashCharacters = 22

/** The signing key; where an issuer signs, and there is none, what proves the front door, which no caller knows. */
const hashKey = async (): Promise<string> => {
  const { tokenSigningKey, tokenSigningKeyParameter, frontDoorProof } = environmentNames
  const hasKey = setting(tokenSigningKey) ?? setting(tokenSigningKeyParameter)
  return hasKey === undefined
    ? requiredSetting(frontDoorProof)
    : secret(tokenSigningKey, tokenSigningKeyParameter)
}

/**
 * The network that a request came from, as a keyed hash: nothing that is stored or logged tells an address,
 * and without the key no list of all addresses turns it back. What has no address shares one.
 */
export const addressOf = async (event: APIGatewayProxyEventV2): Promise<string> => {
  const { sourceIp } = event.requestContext.http
  const proof = setting(environmentNames.frontDoorProof)
  const network = networkBehind({ headers: event.headers, sourceIp }, proof) ?? 'unknown'
  return createHmac('sha256', await hashKey())
    .update(`network:${network}`)
    .digest('base64url')
    .slice(0, hashCharacters)
}
