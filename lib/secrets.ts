import { Stack } from 'aws-cdk-lib'
import { Construct } from 'constructs'
import type { ServiceFunction, SettingKey } from './service-function.ts'

/**
 * The product's secrets are SSM SecureStrings that an operator creates once per deployment; the
 * template holds their names only. They are encrypted with the account's `aws/ssm` key, which
 * decrypts for every principal that may read the parameter, so no grant on a key is needed.
 */
export class Secrets extends Construct {
  readonly openaiApiKeyParameter: string
  readonly tokenSigningKeyParameter: string
  /** A JSON object: the keys of search providers, by the names of their variables. */
  readonly searchKeysParameter: string

  constructor(scope: Construct, id: string, { stage }: { stage: string }) {
    super(scope, id)
    this.openaiApiKeyParameter = `/launch-studio/${stage}/openai-api-key`
    this.tokenSigningKeyParameter = `/launch-studio/${stage}/token-signing-key`
    this.searchKeysParameter = `/launch-studio/${stage}/search-keys`
  }

  allowOpenaiApiKey(fn: ServiceFunction): void {
    this.allowParameter(fn, 'openaiApiKeyParameter', this.openaiApiKeyParameter)
  }

  allowTokenSigningKey(fn: ServiceFunction): void {
    this.allowParameter(fn, 'tokenSigningKeyParameter', this.tokenSigningKeyParameter)
  }

  allowSearchKeys(fn: ServiceFunction): void {
    this.allowParameter(fn, 'searchKeysParameter', this.searchKeysParameter)
  }

  private allowParameter(fn: ServiceFunction, key: SettingKey, parameterName: string): void {
    fn.setSetting(key, parameterName)
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
