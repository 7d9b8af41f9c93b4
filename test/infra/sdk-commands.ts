import { readFileSync } from 'node:fs'
import { type Bundle, type FunctionName, loadedBy } from '../../lib/bundle.ts'

/** The actions that a call needs, by how it stands in our sources. */
const actionsOf: Readonly<Record<string, readonly string[]>> = {
  "'DynamoDB_20120810.GetItem'": ['dynamodb:GetItem'],
  "'DynamoDB_20120810.BatchGetItem'": ['dynamodb:BatchGetItem'],
  "'DynamoDB_20120810.Query'": ['dynamodb:Query'],
  "'DynamoDB_20120810.PutItem'": ['dynamodb:PutItem'],
  "'DynamoDB_20120810.UpdateItem'": ['dynamodb:UpdateItem'],
  "'DynamoDB_20120810.DeleteItem'": ['dynamodb:DeleteItem'],
  'new BatchWriteItemCommand(': ['dynamodb:BatchWriteItem'],
  // A transaction needs the actions of its writes, and none of its own.
  "'DynamoDB_20120810.TransactWriteItems'": [
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'dynamodb:DeleteItem',
  ],
  // A tag in its header needs an action of its own.
  'new PutObjectCommand(': ['s3:PutObject', 's3:PutObjectTagging'],
  'createPresignedPost(': ['s3:PutObject'],
  'new GetObjectCommand(': ['s3:GetObject'],
  'new HeadObjectCommand(': ['s3:GetObject'],
  'new ListObjectsV2Command(': ['s3:ListBucket'],
  'new DeleteObjectsCommand(': ['s3:DeleteObject'],
  'new SendMessageBatchCommand(': ['sqs:SendMessage'],
  'new ChangeMessageVisibilityCommand(': ['sqs:ChangeMessageVisibility'],
  'new PutEventsCommand(': ['events:PutEvents'],
  "'execute-api'": ['execute-api:ManageConnections'],
  'new StartExecutionCommand(': ['states:StartExecution'],
  'new StopExecutionCommand(': ['states:StopExecution'],
  'new DescribeExecutionCommand(': ['states:DescribeExecution'],
  'new SendTaskSuccessCommand(': ['states:SendTaskSuccess'],
  'new SendTaskFailureCommand(': ['states:SendTaskFailure'],
  'new SendTaskHeartbeatCommand(': ['states:SendTaskHeartbeat'],
  'new StartTranscriptionJobCommand(': ['transcribe:StartTranscriptionJob'],
  'new GetTranscriptionJobCommand(': ['transcribe:GetTranscriptionJob'],
  'new SynthesizeSpeechCommand(': ['polly:SynthesizeSpeech'],
  // Granted only where the settings choose the vendor; `synthesize.test.ts` says which.
  'new StartAsyncInvokeCommand(': [],
  'new GetAsyncInvokeCommand(': [],
  "'AmazonSSM.GetParameter'": ['ssm:GetParameter'],
}

const call =
  /new (?:\w+\.)?\w+Command\(|createPresignedPost\(|'(?:Amazon\w+|DynamoDB_\d+)\.\w+'|'execute-api'/g

/** Every call of AWS in the sources of ours that a function's bundle holds. */
const callsIn = (bundle: Bundle, name: FunctionName): string[] => {
  const own = loadedBy(bundle, name).inAll.sources.filter((path) => path.startsWith('shared/'))
  return own
    .flatMap((path) => readFileSync(path, 'utf8').match(call) ?? [])
    .map((each) => each.replace(/^new \w+\./, 'new '))
}

/**
 * The IAM actions of every call of AWS that a function's bundle holds, sorted. Throws for a call that is not
 * known here.
 */
export const actionsIn = (bundle: Bundle, name: FunctionName): string[] => {
  const actions = callsIn(bundle, name).flatMap((each) => {
    const needed = actionsOf[each]
    if (needed === undefined) throw new Error(`The actions of ${each} are not known.`)
    return needed
  })
  return [...new Set(actions)].sort()
}
