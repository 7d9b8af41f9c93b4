import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OnMinistack } from '../deployed.ts'
import type { Phases } from '../phases.ts'
import { type AwsApi, createAwsApi } from './aws-api.ts'
import { bucketTagsAreMissing, tagBucket } from './bucket-tags.ts'
import { createCdk, putSecrets, stackName, synthesizeInto } from './deployment.ts'
import type { Finding } from './differences.ts'
import { withdrawExtra } from './grants.ts'
import { installMinistack } from './install.ts'
import { resourcesOf, type StackResource, stillThere } from './leftovers.ts'
import { startMinistack } from './process.ts'

export interface MinistackOptions {
  phases: Phases
  say(line: string): void
  signal: AbortSignal
  /** Runs the suite against what was deployed; rejects when it fails. */
  suite(deployed: OnMinistack): Promise<void>
  /** Told what was found out about the emulator, also when the suite failed. */
  onFindings(findings: Finding[]): void
}

const stackIdOf = async (aws: AwsApi): Promise<string> => {
  const fields = { Action: 'DescribeStacks', StackName: stackName }
  const { text } = await aws.query('cloudformation', '2010-05-15', fields)
  const [, id] = /<StackId>([^<]+)</.exec(text) ?? []
  if (id === undefined) throw new Error(`There is no stack ${stackName}:\n${text}`)
  return id
}

const listed = (resources: readonly StackResource[]): string =>
  resources.map(({ type, id }) => `  ${type} ${id}`).join('\n')

/** Whether the bucket of the product has objects: to destroy an empty one would prove little. */
const requireObjects = async (aws: AwsApi, resources: readonly StackResource[]): Promise<void> => {
  const bucket = resources.find(({ type, id }) => type === 'AWS::S3::Bucket' && /media/i.test(id))
  const path = `/${bucket?.id}?list-type=2`
  const { text } = await aws.call('s3', { method: 'GET', path })
  if (!text.includes('<Key>')) throw new Error('The suite left no object in the bucket.')
}

/**
 * Deploys the real stack to an emulator of its own, has the suite run against it, destroys the stack with
 * objects in its bucket, and checks that nothing of it is left.
 */
export const onMinistack = async (options: MinistackOptions): Promise<void> => {
  const { phases, say, signal, suite, onFindings } = options
  const folder = await mkdtemp(join(tmpdir(), 'launch-studio-deploy-'))
  await using stack = new AsyncDisposableStack()
  stack.defer(() => rm(folder, { recursive: true, force: true }))
  const assembly = join(folder, 'assembly')
  const [programs] = await Promise.all([
    phases.run('install MiniStack', installMinistack),
    phases.run('synthesize', () => synthesizeInto(assembly, signal)),
  ])
  const ministack = await phases.run('start MiniStack', () => startMinistack(programs, folder))
  stack.defer(() => ministack.stop())
  const aws = createAwsApi(ministack.endpoint)
  const cdk = createCdk(ministack.endpoint, assembly, folder, signal)
  await phases.run('cdk bootstrap', cdk.bootstrap)
  await putSecrets(aws)
  const outputs = await phases.run('cdk deploy', cdk.deploy)
  const resources = await resourcesOf(aws, stackName)
  const before = await stillThere(aws, resources)
  say(
    `deployed: ${resources.length} resources, ${before.length} of them found in the account's lists`,
  )
  const findings = join(folder, 'findings.json')
  const deployed: OnMinistack = {
    ...{ target: 'ministack', outputs, endpoint: ministack.endpoint, findings },
    ...{ stackId: await stackIdOf(aws), log: ministack.log },
  }
  try {
    await phases.run('the suite', () => suite(deployed))
  } finally {
    onFindings(JSON.parse(await readFile(findings, 'utf8').catch(() => '[]')))
  }
  await requireObjects(aws, resources)
  await withdrawExtra(aws)
  if (await bucketTagsAreMissing({ aws })) await tagBucket(aws)
  await phases.run('cdk destroy', cdk.destroy)
  const after = await stillThere(aws, resources)
  if (after.length > 0) throw new Error(`cdk destroy left ${after.length}:\n${listed(after)}`)
  say(`destroyed: nothing of the ${before.length} is left`)
}
