import { Sha256 } from '@smithy/core/checksum'
import { SignatureV4 } from '@smithy/signature-v4'
import * as z from 'zod'
import { requiredSetting, setting } from '../platform/environment.ts'
import { environmentNames } from '../platform/environment-names.ts'
import { hideSecret } from '../platform/masking.ts'
import { pause } from '../platform/pause.ts'

const answerSchema = z.object({ Parameter: z.object({ Value: z.string().min(1) }) })
const refusalSchema = z.object({ __type: z.string() })

/** Many instances that start at once exceed the 40 requests a second that an account has by default. */
const tries = 3
/** Milliseconds of the first pause between two tries; each one is twice the one before. */
const pauseMs = 200
/** Milliseconds of one try. */
const tryMs = 3_000

/** A try that another one may make up for. */
class Temporary extends Error {}

/** There is no parameter of the name. */
export class ParameterMissing extends Error {
  override readonly name = 'ParameterMissing'
}

/** Where the SDK's clients would go, or else where the template says: it knows the partition's domain. */
const endpoint = (): URL =>
  new URL(
    setting('AWS_ENDPOINT_URL_SSM') ??
      setting('AWS_ENDPOINT_URL') ??
      requiredSetting(environmentNames.parametersEndpoint),
  )

/** Signed with the credentials that Lambda puts into the environment of every function. */
const signed = async (url: URL, body: string): Promise<Record<string, string>> => {
  const sessionToken = setting('AWS_SESSION_TOKEN')
  const signer = new SignatureV4({
    service: 'ssm',
    region: requiredSetting('AWS_REGION'),
    credentials: {
      accessKeyId: requiredSetting('AWS_ACCESS_KEY_ID'),
      secretAccessKey: requiredSetting('AWS_SECRET_ACCESS_KEY'),
      ...(sessionToken !== undefined && { sessionToken }),
    },
    sha256: Sha256,
  })
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AmazonSSM.GetParameter',
    },
    body,
  })
  // It is forbidden to set, and is the same.
  const { host: _, ...others } = headers
  return others
}

const ask = async (name: string): Promise<string> => {
  const url = endpoint()
  const body = JSON.stringify({ Name: name, WithDecryption: true })
  const headers = await signed(url, body)
  const signal = AbortSignal.timeout(tryMs)
  const response = await fetch(url, { method: 'POST', headers, body, signal }).catch((cause) => {
    throw new Temporary(`The parameter ${name} could not be asked for.`, { cause })
  })
  if (response.ok) return answerSchema.parse(await response.json()).Parameter.Value
  const refused = refusalSchema.safeParse(await response.json().catch(() => undefined))
  const type = refused.data?.__type.split('#').at(-1) ?? 'no reason'
  const message = `The parameter ${name} was answered with ${response.status} (${type}).`
  if (type === 'ParameterNotFound') throw new ParameterMissing(message)
  const again = response.status >= 500 || response.status === 429 || type === 'ThrottlingException'
  throw again ? new Temporary(message) : new Error(message)
}

/**
 * Reads an SSM parameter, decrypted, with one signed request: SSM's client would add 79 KB to every bundle,
 * and AWS's extension that reads parameters is a layer, which not every region has.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html
 * @throws ParameterMissing, or Error with the status and the reason, after three tries where another one may help
 */
export const readParameter = async (name: string): Promise<string> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const value = await ask(name)
      hideSecret(value)
      return value
    } catch (error) {
      if (!(error instanceof Temporary) || attempt === tries) throw error
      await pause(pauseMs * 2 ** (attempt - 1) * (0.5 + Math.random() / 2))
    }
  }
}
