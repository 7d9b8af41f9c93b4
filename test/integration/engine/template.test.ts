// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are CloudFormation's own
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetDirectories, type Engine, parseTemplate, startEngine } from '../../../local/engine.ts'
import { Resolver } from '../../../local/template/resolver.ts'
import { inspectQueues, makeWorkspace, removeWorkspace, startSample } from './sample-engine.ts'

let directory: string
let engine: Engine
const log: string[] = []

beforeAll(async () => {
  directory = await makeWorkspace()
  engine = await startSample(directory, { log: (line) => log.push(line) })
})

afterAll(async () => {
  await engine.close()
  await removeWorkspace(directory)
})

const listensAt = (host: string, port: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(port), host)
    socket.setTimeout(1000, () => socket.destroy())
    socket.once('connect', () => resolve(true)).once('connect', () => socket.destroy())
    socket.once('error', () => resolve(false)).once('close', () => resolve(false))
  })

describe('at start', () => {
  it('everything that does not run here is named, in the log as well', () => {
    expect(engine.notEmulated).toEqual([
      'IAM: every call is allowed here (1 IAM Role)',
      'AWS::CloudFront::Function: it does not run here (Edge)',
      'Custom::Teapot: unknown to the local engine (Teapot)',
      'AWS::Lambda::Function with ReservedConcurrentExecutions (Brief)',
      'AWS::Events::Rule with pattern operator numeric (NumericRule)',
      'AWS::Events::Rule with schedule cron(0 12 * * ? *) (CronRule)',
      'AWS::ApiGatewayV2::Route with authorization JWT (ClosedRoute)',
      'AWS::CloudFront::Distribution origin media.s3.ap-northeast-2.amazonaws.com',
    ])
    for (const line of engine.notEmulated) expect(log).toContain(`Not emulated: ${line}`)
    expect(log).toContain('Needs nothing here: 1 CloudWatch Alarm, 1 Logs LogGroup')
  })

  it('everything listens on 127.0.0.1 and on no other address', async () => {
    for (const url of [engine.origin, engine.socketUrl, ...Object.values(engine.endpoints)]) {
      const { hostname, port } = new URL(url)
      expect(hostname).toBe('127.0.0.1')
      expect(await listensAt('127.0.0.1', port)).toBe(true)
      // Another address of this machine, which a server on all interfaces would answer, too.
      expect(await listensAt('127.0.0.2', port)).toBe(false)
    }
  })

  it('a resource that the conditions leave out is not created', async () => {
    const names = (await inspectQueues(engine)).map((queue: { name: string }) => queue.name)
    expect(names.sort()).toEqual(['Dead', 'Hasty', 'Notices', 'Work'])
  })

  it('a template that cannot be read fails by naming the place, and leaves nothing behind', async () => {
    const start = (Resources: object, dataDirectory: string) =>
      startEngine({
        template: parseTemplate({ Resources }),
        codeDirectory: () => '',
        dataDirectory,
        environment: {},
      })
    const fn = (Environment: object) => ({
      Fn: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code: { S3Key: 'x.zip' },
          Runtime: 'nodejs24.x',
          Handler: 'a.b',
          Environment,
        },
      },
    })
    const dataDirectory = join(directory, 'broken')
    const failing = start(fn({ Variables: { X: { Ref: 'Missing' } } }), dataDirectory)

    await expect(failing).rejects.toThrow(
      'Fn.Environment.Variables.X: cannot resolve { Ref: Missing }',
    )
    const again = await start({}, dataDirectory)
    await again.close()
    expect(() => parseTemplate({ resources: {} })).toThrow('no CloudFormation template')
  })
})

describe('the resolver', () => {
  const resolver = new Resolver(
    parseTemplate({
      Parameters: { Given: { Default: 'value' }, Open: { Type: 'String' } },
      Conditions: {
        Same: { 'Fn::Equals': [{ Ref: 'AWS::Partition' }, 'aws'] },
        Both: { 'Fn::And': [{ Condition: 'Same' }, { 'Fn::Not': [{ Condition: 'Same' }] }] },
        Either: { 'Fn::Or': [{ Condition: 'Both' }, { Condition: 'Same' }] },
      },
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'q-${Given}' } } },
        Bucket: { Type: 'AWS::S3::Bucket' },
        Strange: { Type: 'Custom::Strange' },
      },
    }),
    { sqs: 'http://127.0.0.1:9' },
  )

  it.each([
    [{ Ref: 'Queue' }, 'http://127.0.0.1:9/000000000000/q-value'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn:aws:sqs:ap-northeast-2:000000000000:q-value'],
    [{ 'Fn::GetAtt': 'Queue.QueueName' }, 'q-value'],
    [{ Ref: 'Bucket' }, 'bucket'],
    [{ Ref: 'Strange' }, 'Strange'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'Given' }]] }, 'a-value'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b/c'] }] }, 'b'],
    [
      { 'Fn::Sub': '${Queue.QueueName} ${!literal} ${AWS::Region}' },
      'q-value ${literal} ap-northeast-2',
    ],
    [{ 'Fn::Sub': ['${x}', { x: { Ref: 'Given' } }] }, 'value'],
    [{ 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
    [{ 'Fn::If': ['Both', 'yes', { Ref: 'AWS::NoValue' }] }, undefined],
    [
      [1, { Ref: 'AWS::NoValue' }, { a: { Ref: 'AWS::NoValue' }, b: null }],
      [1, { b: null }],
    ],
  ])('evaluates %j', (value, expected) => {
    expect(resolver.resolve(value, 'here')).toEqual(expected)
  })

  it.each([
    [{ Ref: 'Open' }, 'here.a: cannot resolve { Ref: Open }'],
    [{ 'Fn::GetAtt': ['Strange', 'Colour'] }, 'Fn::GetAtt Strange.Colour'],
    [{ 'Fn::GetAtt': ['Gone', 'Arn'] }, 'here.a: there is no resource Gone'],
    [{ 'Fn::ImportValue': 'x' }, 'here.a: Fn::ImportValue is not emulated'],
    [{ 'Fn::Join': 'x' }, 'here.a: Fn::Join is malformed'],
    [{ 'Fn::Select': [3, ['a']] }, 'here.a: Fn::Select finds no item 3'],
    ['{{resolve:ssm:/x}}', 'here.a: the dynamic reference {{resolve:ssm:/x}} is not emulated'],
  ])('fails at %j by naming it', (value, message) => {
    expect(() => resolver.resolve({ a: value }, 'here')).toThrow(message)
  })
})

it('finds the folder of an asset in the manifests of an assembly', () => {
  const assembly = mkdtempSync(join(tmpdir(), 'assembly-'))
  mkdirSync(join(assembly, 'asset.abc'))
  writeFileSync(
    join(assembly, 'Stack.assets.json'),
    JSON.stringify({
      files: {
        abc: { source: { path: 'asset.abc' }, destinations: { here: { objectKey: 'abc.zip' } } },
      },
    }),
  )
  const find = assetDirectories(assembly)
  rmSync(assembly, { recursive: true })

  expect(find('abc.zip')).toBe(join(assembly, 'asset.abc'))
  expect(() => find('other.zip')).toThrow('no asset other.zip')
})
