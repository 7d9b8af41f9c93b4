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

/** What judging a secret found, or that it is not there. */
const judged = async (
  name: string,
  parameterName: string,
  judge: (value: string) => Finding[],
): Promise<Finding[]> => {
  let value: string
  try {
    value = await secret(name, parameterName)
  } catch (error) {
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

/** A local studio makes its own key at its first start, and with an issuer there is none. */
const signingKeys = (): Promise<Finding[]> => {
  const { tokenSigningKey, tokenSigningKeyParameter, oidcIssuer } = names
  const isSet =
    setting(tokenSigningKey) !== undefined || setting(tokenSigningKeyParameter) !== undefined
  return setting(oidcIssuer) !== undefined || !isSet
    ? Promise.resolve([])
    : judged(tokenSigningKey, tokenSigningKeyParameter, (value) => [
        judgeSigningKeys(tokenSigningKey, value),
      ])
}

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
    signingKeys(),
    apiKey(names.imageApiKey, names.imageApiKeyParameter, false),
    apiKey(names.videoApiKey, names.videoApiKeyParameter, false),
    credentials(now),
  ])
  return findings.flat()
}
