import { ParameterMissing } from '../../clients/parameters.ts'
import { secret } from '../../clients/secrets.ts'
import { validityOf } from '../../platform/credentials/certificate.ts'
import { credentialSigner } from '../../platform/credentials/cose-signature.ts'
import { setting } from '../../platform/environment.ts'
import { modelSettingNames, environmentNames as names } from '../../platform/environment-names.ts'
import { modelBaseUrl } from '../../platform/model-settings.ts'
import { judgeCertificate } from '../../rules/checkup/certificate-end.ts'
import type { Finding } from '../../rules/checkup/findings.ts'
import { judgeApiKey, judgeSigningKeys } from '../../rules/checkup/secret-form.ts'
import { failureLine } from './model-check.ts'

/** What it means that there is no parameter of a name. */
type Absent = (parameter: string) => Finding

/** What judging a secret found, or that it is not there. */
const judged = async (
  name: string,
  parameterName: string,
  judge: (value: string) => Finding[],
  absent?: Absent,
): Promise<Finding[]> => {
  let value: string
  try {
    value = await secret(name, parameterName)
  } catch (error) {
    const isAbsent = error instanceof Error && error.cause instanceof ParameterMissing
    if (absent && isAbsent) return [absent(setting(parameterName) ?? '')]
    const { baseUrl } = modelSettingNames
    const server = name === names.openaiApiKey ? ` Nor is ${baseUrl}, so there is no model.` : ''
    const found = `${failureLine(error)}${server}`
    return [{ code: 'SECRET_MISSING', subject: name, found }]
  }
  return judge(value)
}

/** The key of a server that is named; a server of one's own may want none. */
const apiKey = (name: string, parameterName: string, isNeeded: boolean): Promise<Finding[]> =>
  !isNeeded && setting(name) === undefined && setting(parameterName) === undefined
    ? Promise.resolve([])
    : judged(name, parameterName, (value) => [judgeApiKey(name, value)])

/** A local studio makes its own keys at its first start. */
const signingKeys = (
  kind: 'tokenSigningKey' | 'webhookSigningKey',
  absent?: Absent,
): Promise<Finding[]> => {
  const [name, parameterName] = [names[kind], names[`${kind}Parameter`]]
  return setting(name) === undefined && setting(parameterName) === undefined
    ? Promise.resolve([])
    : judged(name, parameterName, (value) => [judgeSigningKeys(name, value)], absent)
}

/** With an issuer no key signs tokens. */
const tokenKeys = (): Promise<Finding[]> =>
  setting(names.oidcIssuer) === undefined ? signingKeys('tokenSigningKey') : Promise.resolve([])

const webhookKeys = (): Promise<Finding[]> =>
  signingKeys('webhookSigningKey', (parameter) => ({
    code: 'CAPABILITY_MISSING',
    subject: 'webhooks',
    found: `off: there is no parameter ${parameter}`,
  }))

const credentials = (clockNow: number): Promise<Finding[]> => {
  if (setting(modelSettingNames.contentCredentials) !== 'on') return Promise.resolve([])
  const { c2paSigningKey, c2paSigningKeyParameter } = names
  return judged(c2paSigningKey, c2paSigningKeyParameter, (value) => {
    // A file of settings may hold it in one line.
    const pem = value.replaceAll('\\n', '\n')
    try {
      credentialSigner(pem)
      const found = 'a key of P-256 and its certificate'
      return [
        { code: 'SECRET_READY', subject: c2paSigningKey, found },
        judgeCertificate(c2paSigningKey, validityOf(pem), clockNow),
      ]
    } catch {
      // What a parser says may quote the key.
      const found = 'it has to hold a private key of P-256 and its certificate, as PEM'
      return [{ code: 'SECRET_MALFORMED', subject: c2paSigningKey, found }]
    }
  })
}

/** That every secret which the settings call for is there and has its form. Never rejects, and shows none. */
export const checkSecrets = async (now: number): Promise<Finding[]> => {
  const findings = await Promise.all([
    apiKey(names.openaiApiKey, names.openaiApiKeyParameter, modelBaseUrl() === undefined),
    tokenKeys(),
    webhookKeys(),
    apiKey(names.imageApiKey, names.imageApiKeyParameter, false),
    apiKey(names.videoApiKey, names.videoApiKeyParameter, false),
    credentials(now),
  ])
  return findings.flat()
}
