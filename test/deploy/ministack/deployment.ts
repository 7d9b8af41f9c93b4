import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { partition } from '../../../local/template/partition.ts'
import { outputsIn } from '../deployed.ts'
import { bareEnvironment, root, tools } from '../project.ts'
import { runProgram } from '../run-program.ts'
import { type AwsApi, rootKeys } from './aws-api.ts'

export const stackName = 'LaunchStudio-dev'

/** The CDK's own commands, against the emulator. */
export interface Cdk {
  bootstrap(): Promise<void>
  deploy(): Promise<ReturnType<typeof outputsIn>>
  destroy(): Promise<void>
}

/** Synthesizes the app into `assembly` as `cdk deploy` does, with nothing set. */
export const synthesizeInto = (assembly: string, signal: AbortSignal): Promise<void> =>
  runProgram(tools.cdk, ['synth', '--quiet', '--output', assembly], {
    ...{ cwd: root, env: bareEnvironment(), signal },
  })

/** @param folder for the outputs and for the CDK's own files */
export const createCdk = (
  endpoint: string,
  assembly: string,
  folder: string,
  signal: AbortSignal,
): Cdk => {
  const env = {
    ...bareEnvironment(),
    HOME: folder,
    AWS_ACCESS_KEY_ID: rootKeys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: rootKeys.secretAccessKey,
    AWS_REGION: partition.region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_CONFIG_FILE: join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no-credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  const cdk = (...args: string[]): Promise<void> =>
    runProgram(tools.cdk, [...args, '--app', assembly, '--progress', 'events'], {
      ...{ cwd: folder, env, signal },
    })
  const outputs = join(folder, 'outputs.json')
  return {
    bootstrap: () => cdk('bootstrap'),
    async deploy() {
      await cdk('deploy', '--require-approval', 'never', '--outputs-file', outputs)
      return outputsIn(outputs)
    },
    destroy: () => cdk('destroy', '--force'),
  }
}

/** The two secrets that the README has an operator create, made up. */
export const putSecrets = async (aws: AwsApi): Promise<void> => {
  for (const name of ['openai-api-key', 'token-signing-key']) {
    await aws.json('ssm', 'AmazonSSM.PutParameter', {
      ...{ Name: `/launch-studio/dev/${name}`, Type: 'SecureString' },
      Value: randomBytes(48).toString('base64url'),
    })
  }
}
