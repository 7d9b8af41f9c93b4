import { Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { expect, test } from 'vitest'
import { composeApp } from '../../lib/synthesize.ts'
import { sharedBundle } from '../support/studio/shared-bundle.ts'
import { synthesizeTemplate } from './synthesize-template.ts'

/** cdk-nag's packs AwsSolutions and Serverless: a finding that nothing acknowledges fails a synthesis. */

const oidc = { OIDC_ISSUER: 'https://login.team.example', OIDC_AUDIENCE: 'studio' }
const origins = { ALLOWED_ORIGINS: 'https://studio.example' }
const servers = { STT_PROVIDER: 'openai', TTS_PROVIDER: 'openai' }

test.each([
  ['prod', { stage: 'prod', environment: origins }],
  ['dev', { environment: {} }],
  ['prod with an issuer', { stage: 'prod', environment: { ...oidc, ...origins } }],
  ['dev with an issuer and other speech', { environment: { ...oidc, ...servers } }],
])('there is no finding in %s', async (_, options) => {
  await expect(synthesizeTemplate({ ...options, checks: true })).resolves.toBeDefined()
})

test.each(['AwsSolutions-SQS4', 'Serverless-SQSRedrivePolicy'])(
  'one that nothing acknowledges ends the synthesis: %s',
  async (id) => {
    const { app, stack } = await composeApp({ environment: {}, bundle: sharedBundle() })
    const queue = new Queue(stack, 'Forgotten')
    const others = ['AwsSolutions-SQS3', 'AwsSolutions-SQS4', 'Serverless-SQSRedrivePolicy']
    for (const other of others.filter((each) => each !== id)) {
      Validations.of(queue).acknowledge({ id: other, reason: 'Another case of this test.' })
    }
    expect(() => app.synth()).toThrow(`Acknowledge with '${id.split('-')[0]}::${id}'`)
  },
)
