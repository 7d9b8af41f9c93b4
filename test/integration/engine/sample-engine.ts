import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SFNClient } from '@aws-sdk/client-sfn'
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { build } from 'esbuild'
import { callAws } from '../../../local/aws/aws-json.ts'
import { signedHeaders } from '../../../local/aws/signature.ts'
import { type Engine, type EngineOptions, startEngine } from '../../../local/engine.ts'
import { jsonOf } from './eventually.ts'
import { sampleTemplate } from './sample-template.ts'

const handlers = ['echo', 'stream', 'socket', 'worker', 'listener']

/** A folder for one test file, with the sample's bundles in it. */
export const makeWorkspace = async (): Promise<string> => {
  const directory = mkdtempSync(join(tmpdir(), 'local-engine-'))
  await build({
    entryPoints: handlers.map((name) => ({
      in: join(import.meta.dirname, 'handlers', `${name}.ts`),
      out: `${name}/index`,
    })),
    outdir: join(directory, 'code'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
  })
  return directory
}

export const removeWorkspace = async (directory: string): Promise<void> => {
  await rm(directory, { recursive: true, force: true })
}

/** The sample template on the engine, with its data in the workspace. */
export const startSample = async (
  directory: string,
  options: Partial<EngineOptions> = {},
): Promise<Engine> =>
  await startEngine({
    template: sampleTemplate,
    codeDirectory: (asset) => join(directory, 'code', asset.replace('.zip', '')),
    dataDirectory: join(directory, 'data'),
    environment: { FROM_OUTSIDE: 'yes' },
    ...options,
  })

export const clientSettings = {
  region: 'ap-northeast-2',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
}

export const statesOf = (engine: Engine): SFNClient =>
  new SFNClient({
    ...clientSettings,
    credentials: engine.credentials,
    endpoint: engine.endpoints.sfn,
  })

/** What the queues of an engine, or one of them, hold. */
// biome-ignore lint/suspicious/noExplicitAny: an answer of unknown shape is what is tested
export const inspectQueues = async (engine: Engine, queue = ''): Promise<any> => {
  const url = `${engine.endpoints.sqs}/_fauxqs/queues${queue && `/${queue}`}`
  const headers = await signedHeaders('sqs', url, { method: 'GET' }, engine.credentials)
  return await jsonOf(fetch(url, { headers }))
}

/** Puts messages into a queue of the sample, named as in its template. */
export const sendMessages = (
  engine: Engine,
  queue: string,
  bodies: readonly object[],
): Promise<unknown> =>
  callAws(engine.endpoints.sqs, 'AmazonSQS', 'SendMessageBatch', {
    QueueUrl: engine.resources[queue],
    Entries: bodies.map((body, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(body),
    })),
  })

/** Puts events on the bus, as the SDK does. */
export const putEvents = async (
  engine: Engine,
  Entries: object[],
): Promise<{ FailedEntryCount: number; Entries: object[] }> => {
  const { eventbridge } = engine.endpoints
  const request = {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSEvents.PutEvents',
    },
    body: JSON.stringify({ Entries }),
  }
  const headers = await signedHeaders('events', eventbridge, request, engine.credentials)
  return await jsonOf(fetch(eventbridge, { ...request, headers }))
}

/** The notes that the sample's functions left under a key. */
export const notesOf = async (engine: Engine, PK: string): Promise<Record<string, unknown>[]> => {
  const found = await tableOf(engine).send(
    new QueryCommand({
      TableName: 'Table',
      KeyConditionExpression: 'PK = :pk',
      ExpressionAttributeValues: { ':pk': PK },
      ConsistentRead: true,
    }),
  )
  return found.Items ?? []
}

export const leaveNote = async (engine: Engine, PK: string, SK: string): Promise<void> => {
  await tableOf(engine).send(new PutCommand({ TableName: 'Table', Item: { PK, SK } }))
}

const tableOf = (engine: Engine): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({ ...clientSettings, endpoint: engine.endpoints.dynamodb }),
  )
