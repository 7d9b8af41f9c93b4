import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import * as layout from '../../shared/rules/storage-layout.ts'
import { allowedTo } from './allowed-to.ts'
import { granted } from './granted.ts'
import {
  functionNames,
  functionsOf,
  policySchema,
  resourceOf,
  resourcesOf,
  template,
  text,
} from './synthesized.ts'

const policies = [...resourcesOf(template, 'AWS::IAM::Policy', policySchema).values()]
const functions = functionsOf(template, z.looseObject({ Role: text }))
const { RoleArn: machineRole } = resourceOf(
  template,
  'RunMachine',
  z.looseObject({ RoleArn: text }),
)

/** Required by X-Ray and log delivery, whose actions have no resource-level permissions. */
const tracing = ['PutTelemetryRecords', 'PutTraceSegments'].map((action) => `xray:${action} on *`)
const machineGrants = [
  'sqs:SendMessage on <StageQueue.Arn>',
  ...tracing,
  ...['GetSamplingRules', 'GetSamplingTargets'].map((action) => `xray:${action} on *`),
  ...[
    'CreateLogDelivery',
    'DeleteLogDelivery',
    'DescribeLogGroups',
    'DescribeResourcePolicies',
    'GetLogDelivery',
    'ListLogDeliveries',
    'PutResourcePolicy',
    'UpdateLogDelivery',
  ].map((action) => `logs:${action} on *`),
]

describe('least privilege', () => {
  test.each(functionNames)('%s may do what it does and nothing else', (name) => {
    const writesLog = (grant: string) => /^logs:\w+ on <\w+Logs\w+\.Arn>$/.test(grant)
    const grants = allowedTo(functions.get(name)?.Role)
    expect(grants.filter(writesLog)).toHaveLength(2)
    expect(grants.filter((grant) => !writesLog(grant))).toEqual(
      [...granted[name], ...tracing].sort(),
    )
  })

  test('the state machine may send to the stage queue and nothing else', () => {
    expect(allowedTo(machineRole)).toEqual(machineGrants.sort())
  })

  test('the deployment of the console may copy two packages into its bucket and nothing else', () => {
    const role = Object.keys(template.Resources).find((id) =>
      id.startsWith('ConsoleDeploymentRole'),
    )
    const grants = allowedTo(`<${role}.Arn>`).map((grant) => grant.replace(/[0-9a-f]{64}/, '…'))
    const asset =
      's3:GetObject on arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/….zip'
    expect(grants.filter((grant) => !grant.startsWith('logs:'))).toEqual([
      's3:DeleteObject on <ConsoleBucket.Arn>/*',
      's3:GetBucketTagging on <ConsoleBucket.Arn>',
      asset,
      asset,
      's3:ListBucket on <ConsoleBucket.Arn>',
      's3:PutObject on <ConsoleBucket.Arn>/*',
    ])
  })

  test('there is no other role, no managed policy and no policy within a role', () => {
    const roles = resourcesOf(template, 'AWS::IAM::Role', z.record(z.string(), z.unknown()))
    for (const [id, role] of roles) {
      expect(Object.keys(role), id).toEqual(['AssumeRolePolicyDocument'])
    }
    // Beside the functions': the state machine's, and those that deploy the console and empty the bucket.
    expect(roles.size).toBe(functionNames.length + 3)
    expect(policies).toHaveLength(roles.size)
  })

  test('a transcription may be started only with our bucket for its output', () => {
    const starts = policies
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .filter(({ Action }) => Action.includes('transcribe:StartTranscriptionJob'))
    expect(starts).toHaveLength(4)
    for (const { Action, Condition } of starts) {
      expect(Action).toEqual(['transcribe:StartTranscriptionJob'])
      expect(Condition).toEqual({
        StringEquals: { 'transcribe:OutputBucketName': { Ref: 'MediaBucket' } },
        StringLike: { 'transcribe:OutputKey': 'transcripts/*' },
      })
    }
  })

  test('an export may read whatever of a session it links to', () => {
    const grants = allowedTo(functions.get('Stream')?.Role)
    const folders = Object.entries(layout).flatMap(([name, folder]) =>
      name.endsWith('Folder') ? [`${layout.mediaPrefixes.sessions}*/${folder}*`] : [],
    )
    const { uploads, transcripts } = layout.mediaPrefixes
    expect(folders.length).toBeGreaterThanOrEqual(4)
    for (const keys of [...folders, `${uploads}*`, `${transcripts}*`]) {
      expect(grants).toContain(`s3:GetObject on <MediaBucket.Arn>/${keys}`)
    }
  })

  test('no grant has a wildcard for actions, or is inverted', () => {
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    for (const { Effect, Action } of statements) {
      expect(Effect).toBe('Allow')
      expect(Action.join()).not.toContain('*')
    }
    expect(JSON.stringify(template)).not.toMatch(/"Not(Action|Resource|Principal)"/)
  })
})
