import { Stack } from 'aws-cdk-lib'
import { expect, test } from 'vitest'
import { regionsWithout, warnOfRegion } from '../../lib/regions.ts'
import { template } from './synthesized.ts'

const warningsFor = (region: string | undefined): unknown[] => {
  const stack = new Stack()
  warnOfRegion(stack, region)
  return stack.node.metadata
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => data)
}

test.each([
  ['il-central-1', 'has no AWS::Lambda::Url,'],
  ['cn-northwest-1', 'has no AWS::CloudFront::OriginAccessControl, AWS::Lambda::Url,'],
])('%s is named before anything is deployed, with what it lacks', (region, lacks) => {
  expect(warningsFor(region)).toEqual([expect.stringContaining(`${region} ${lacks}`)])
})

test.each(['ap-northeast-2', undefined])('nothing is said of %s', (region) => {
  expect(warningsFor(region)).toEqual([])
})

test('no type is named that no deployment has', () => {
  const types = new Set(Object.values(template.Resources).map(({ Type }) => Type))
  expect(Object.keys(regionsWithout).filter((type) => !types.has(type))).toEqual([])
})

test('no function has a layer, which not every region would have', () => {
  expect(JSON.stringify(template)).not.toContain('"Mappings"')
  for (const [id, { Properties }] of Object.entries(template.Resources)) {
    // The CDK's own function brings the AWS CLI along, as a layer of the stack.
    if (id.startsWith('CustomCDKBucketDeployment')) continue
    expect(Properties, id).not.toHaveProperty('Layers')
  }
})
