import { afterEach, expect, test, vi } from 'vitest'
import * as z from 'zod'
import { synthesizeTemplate } from './synthesize-template.ts'
import { resourcesOf, template } from './synthesized.ts'

afterEach(() => vi.unstubAllEnvs())

/** As `cdk synth -c alarmEmail=…` hands it to the app. */
const synthesizeWith = (alarmEmail: string) => {
  vi.stubEnv('CDK_CONTEXT_JSON', JSON.stringify({ alarmEmail }))
  return synthesizeTemplate({ environment: {} })
}
const subscriptionsOf = (of: typeof template) => [
  ...resourcesOf(of, 'AWS::SNS::Subscription', z.record(z.string(), z.unknown())).values(),
]

test('the address of the context gets every alarm', async () => {
  expect(subscriptionsOf(await synthesizeWith('team+alarms@studio.example'))).toEqual([
    { Protocol: 'email', Endpoint: 'team+alarms@studio.example', TopicArn: { Ref: 'AlarmTopic' } },
  ])
})

test('without one, alarms go to the topic alone', async () => {
  expect(subscriptionsOf(template)).toEqual([])
  expect(subscriptionsOf(await synthesizeWith(''))).toEqual([])
})

test.each(['team', 'team@', 'one@studio.example,two@studio.example', 'a b@studio.example'])(
  'what is no address is refused, and the rule is named: %s',
  async (address) => {
    await expect(synthesizeWith(address)).rejects.toThrow(
      `The context value alarmEmail is "${address}"; it must be one e-mail address`,
    )
  },
)
