import { expect, test } from 'vitest'
import * as z from 'zod'
import { type FunctionName, loadedBy } from '../../lib/bundle.ts'
import { sharedBundle } from '../support/studio/shared-bundle.ts'
import { allowedTo } from './allowed-to.ts'
import { actionsIn } from './sdk-commands.ts'
import { functionNames, functionsOf, template, text } from './synthesized.ts'

/** The calls of AWS in each bundle against what its function may do, both ways. */

const functions = functionsOf(template, z.looseObject({ Role: text }))

const erasing = 'dynamodb:BatchWriteItem'
const batches = `dynamodb:BatchGetItem ${erasing}`
const execution = 'states:DescribeExecution'
const tokens = 'states:SendTaskFailure states:SendTaskHeartbeat states:SendTaskSuccess'
/** A queue's message is hidden by its worker. */
const hiding = 'sqs:ChangeMessageVisibility'
const storing = 's3:PutObject s3:PutObjectTagging'

/**
 * Calls that a client in the bundle could make, and the function does not: a client is one module with all that the
 * product asks of its service. A call that is added to one has to be granted, or named here.
 */
const neverMade: Record<FunctionName, string> = {
  HttpAssets: `${erasing} ${storing} sqs:ChangeMessageVisibility polly:SynthesizeSpeech`,
  HttpChat: `${hiding} ${execution} ${tokens}`,
  HttpRuns: `${erasing} ${hiding} ${execution} ${tokens}`,
  HttpJobs: `${erasing} dynamodb:DeleteItem dynamodb:PutItem dynamodb:UpdateItem`,
  HttpLaunch: `s3:GetObject ${storing} ${hiding} ${execution} ${tokens}`,
  HttpPlatform: '',
  HttpSafety: `${batches} dynamodb:DeleteItem dynamodb:GetItem dynamodb:PutItem dynamodb:Query`,
  HttpSpeech: `${batches} dynamodb:DeleteItem dynamodb:PutItem`,
  HttpVoice: `${batches} s3:PutObjectTagging ${hiding}`,
  HttpPictures: `${batches} ${hiding}`,
  Stream: `${erasing} s3:PutObjectTagging ${hiding} ${execution} ${tokens} states:StopExecution`,
  SocketConnect: `${batches} dynamodb:Query dynamodb:UpdateItem`,
  SocketMessage: `${batches} s3:PutObjectTagging ${hiding}`,
  SocketDisconnect: `${batches} dynamodb:PutItem dynamodb:Query dynamodb:UpdateItem`,
  StageWorker: `${batches} ${execution} states:StartExecution states:StopExecution`,
  DeadLetter: `${batches} ${execution} states:SendTaskHeartbeat states:SendTaskSuccess states:StartExecution states:StopExecution`,
  RunFinalizer: `${batches} ${hiding}`,
  Sweeper: `${batches} sqs:ChangeMessageVisibility ${tokens} states:StopExecution`,
  TranscriptionFinished: `${batches} s3:PutObjectTagging ${hiding}`,
  MediaWorker: batches,
  MediaDeadLetter: `${batches} s3:DeleteObject s3:GetObject s3:ListBucket ${storing}`,
  Checkup: '',
  HttpWebhooks: hiding,
  Announcer: `${batches} dynamodb:UpdateItem`,
  WebhookSender: `${batches} dynamodb:PutItem`,
}

/** Lambda itself receives and deletes messages, with the function's rights. */
const ofLambda = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:GetQueueUrl',
  'sqs:ReceiveMessage',
]
const readsQueue: readonly FunctionName[] = [
  'StageWorker',
  'DeadLetter',
  'MediaWorker',
  'MediaDeadLetter',
  'Announcer',
  'WebhookSender',
]

test.each(functionNames)(
  '%s may make its calls, and has no right that none of them needs',
  (name) => {
    const granted = new Set(
      allowedTo(functions.get(name)?.Role)
        .map((grant) => grant.split(' ')[0] ?? '')
        .filter((action) => !/^(logs|xray):/.test(action)),
    )
    const calls = actionsIn(sharedBundle(), name)
    expect(calls.filter((action) => !granted.has(action))).toEqual(
      neverMade[name].split(' ').filter(Boolean).sort(),
    )
    const needed = new Set([...calls, ...(readsQueue.includes(name) ? ofLambda : [])])
    expect([...granted].filter((action) => !needed.has(action))).toEqual([])
  },
)

test('whatever looks for the language of a problem may read the session or run that it is about', () => {
  const looking = functionNames.filter((name) =>
    loadedBy(sharedBundle(), name).inAll.sources.includes(
      'shared/services/sessions/locale-service.ts',
    ),
  )
  expect(looking).toContain('HttpSpeech')
  for (const name of looking) {
    const grants = allowedTo(functions.get(name)?.Role)
    for (const action of ['GetItem', 'Query']) {
      expect(grants, name).toContain(`dynamodb:${action} on <Table.Arn>`)
    }
  }
})
