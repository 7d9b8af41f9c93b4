import { Aws, Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { OidcIssuer } from './oidc-issuer.ts'
import type { ServiceFunction, SettingKey } from './service-function.ts'

export interface SecretsProps {
  stage: string
  /** Says who the callers are; without one, the product mints anonymous principals. */
  oidc: OidcIssuer | undefined
}

/**
 * The product's secrets are SSM SecureStrings that an operator creates once per deployment; the
 * template holds their names only. They are encrypted with the account's `aws/ssm` key, which
 * decrypts for every principal that may read the parameter, so no grant on a key is needed.
 */
export class Secrets extends Construct {
  readonly openaiApiKeyParameter: string
  readonly tokenSigningKeyParameter: string
  /** What secrets of webhooks are derived from. */
  readonly webhookSigningKeyParameter: string
  /** A JSON object: the keys of search providers, by the names of their variables. */
  readonly searchKeysParameter: string
  /** Of a server of pictures that is not the text model's. */
  readonly imageApiKeyParameter: string
  /** Of a server of films other than the text model's. */
  readonly videoApiKeyParameter: string

  /** What signs content credentials. */
  readonly c2paSigningKeyParameter: string

  private readonly oidc: OidcIssuer | undefined

  constructor(scope: Construct, id: string, { stage, oidc }: SecretsProps) {
    super(scope, id)
    this.oidc = oidc
    this.openaiApiKeyParameter = `/launch-studio/${stage}/openai-api-key`
    this.tokenSigningKeyParameter = `/launch-studio/${stage}/token-signing-key`
    this.webhookSigningKeyParameter = `/launch-studio/${stage}/webhook-signing-key`
    this.searchKeysParameter = `/launch-studio/${stage}/search-keys`
    this.videoApiKeyParameter = `/launch-studio/${stage}/video-api-key`
    this.c2paSigningKeyParameter = `/launch-studio/${stage}/c2pa-signing-key`
    this.imageApiKeyParameter = `/launch-studio/${stage}/image-api-key`
  }

  allowOpenaiApiKey(fn: ServiceFunction): void {
    this.allowParameter(fn, 'openaiApiKeyParameter', this.openaiApiKeyParameter)
  }

  /** Lets the function tell who its caller is: by the issuer's tokens, or by those that it signs itself. */
  allowIdentification(fn: ServiceFunction): void {
    if (this.oidc) {
      fn.setSetting('oidcIssuer', this.oidc.issuer)
      fn.setSetting('oidcAudience', this.oidc.audience.join(','))
    } else {
      this.allowParameter(fn, 'tokenSigningKeyParameter', this.tokenSigningKeyParameter)
    }
  }

  allowWebhookSigningKey(fn: ServiceFunction): void {
    this.allowParameter(fn, 'webhookSigningKeyParameter', this.webhookSigningKeyParameter)
  }

  allowSearchKeys(fn: ServiceFunction): void {
    this.allowParameter(fn, 'searchKeysParameter', this.searchKeysParameter)
  }

  allowVideoApiKey(fn: ServiceFunction): void {
    this.allowParameter(fn, 'videoApiKeyParameter', this.videoApiKeyParameter)
  }

  allowC2paSigningKey(fn: ServiceFunction): void {
    this.allowParameter(fn, 'c2paSigningKeyParameter', this.c2paSigningKeyParameter)
  }

  allowImageApiKey(fn: ServiceFunction): void {
    this.allowParameter(fn, 'imageApiKeyParameter', this.imageApiKeyParameter)
  }

  private allowParameter(fn: ServiceFunction, key: SettingKey, parameterName: string): void {
    fn.setSetting(key, parameterName)
    fn.setSetting('parametersEndpoint', `https://ssm.${Aws.REGION}.${Aws.URL_SUFFIX}`)
    fn.allow(
      ['ssm:GetParameter'],
      [
        Stack.of(this).formatArn({
          service: 'ssm',
          resource: 'parameter',
          resourceName: parameterName.slice(1),
        }),
      ],
    )
  }
}
