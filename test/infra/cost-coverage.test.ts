import { expect, test } from 'vitest'
import { awsPrices } from '../../bench/cost/aws-prices.ts'
import { backgroundOf, deploymentOf, schedulesOf } from '../../bench/cost/background.ts'
import { metersOfServices } from '../../bench/cost/meters.ts'
import { policySchema, resourcesOf, template } from './synthesized.ts'

const granted = [...resourcesOf(template, 'AWS::IAM::Policy', policySchema).values()]
  .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
  .flatMap(({ Action }) => Action)
  .map((action) => action.split(':')[0] ?? '')

/** `AWS::Lambda::Function` is Lambda's; a custom resource is one of its own. */
const held = Object.values(template.Resources).map(({ Type }) => {
  const [vendor = '', service = ''] = Type.toLowerCase().split('::')
  return vendor === 'aws' ? service : `${vendor}::${service}`
})

test('every service that the template grants or has resources of is metered, or is said to cost nothing', () => {
  const known = Object.keys(metersOfServices)
  expect(granted.length).toBeGreaterThan(20)
  expect([...new Set([...granted, ...held])].filter((service) => !known.includes(service))).toEqual(
    [],
  )
})

test('every meter of an AWS service has a price of AWS, or one of the product’s own tables', () => {
  const ofVendors = ['speech', 'transcription', 'films']
  const priced = [...Object.keys(awsPrices), ...ofVendors]
  const used = Object.values(metersOfServices).flatMap((use) =>
    typeof use === 'string' ? [] : use,
  )
  expect(used.filter((meter) => !priced.includes(meter))).toEqual([])
})

test('the machine of the template takes a transition for each of its states on the way to DONE', () => {
  expect(deploymentOf(template)).toMatchObject({ transitionsOfRun: 8, tasksOfRun: 4 })
  expect(deploymentOf(template).behindUrls).toEqual(new Set(['Stream']))
})

test('an idle deployment is billed for its schedules, alarms and the polling of its queues', () => {
  expect(schedulesOf(template).get('Sweeper')).toBe(43_800)
  const background = backgroundOf(template, [])
  expect(background.alarms).toBeGreaterThan(30)
  expect(background.queue_requests).toBe(7 * 657_000)
})
