import { environmentNames } from '../shared/platform/environment-names.ts'
import { audiencesIn, issuerAddressProblem } from '../shared/rules/issuer-address.ts'

/** The OpenID Connect issuer whose tokens a deployment takes. */
export interface OidcIssuer {
  /** Exactly as its tokens name it. */
  issuer: string
  /** Its tokens are for one of these. */
  audience: readonly string[]
}

const { oidcIssuer: issuerName, oidcAudience: audienceName } = environmentNames

/**
 * The issuer that the settings name, if they do. Throws, naming the variable, for one that no token could be
 * checked by.
 */
export const oidcIssuerOf = (
  environment: Readonly<Record<string, string | undefined>>,
): OidcIssuer | undefined => {
  const issuer = environment[issuerName] ?? ''
  const audience = audiencesIn(environment[audienceName] ?? '')
  if (issuer === '' && audience.length === 0) return undefined
  if (issuer === '') throw new Error(`${audienceName} is set without ${issuerName}.`)
  const problem = issuerAddressProblem(issuer)
  if (problem !== null) throw new Error(`${issuerName} ${problem}.`)
  if (audience.length === 0) {
    throw new Error(
      `${issuerName} is set without ${audienceName}: a token for any other service would be taken.`,
    )
  }
  return { issuer, audience }
}
