import { requiredSetting, setting } from '../platform/environment.ts'
import { AwsRefusal, type AwsService, sendToAws } from './aws-request.ts'
import { environmentCredentials } from './aws-signature.ts'
import type { TableKey } from './table-batches.ts'
import type { TableItem } from './table-values.ts'

/** What an answer of the table may hold. */
export interface TableAnswer {
  Item?: TableItem
  Items?: TableItem[]
  /** By table. */
  Responses?: Record<string, TableItem[]>
  UnprocessedKeys?: Record<string, { Keys?: TableItem[] }>
  Attributes?: TableItem
  LastEvaluatedKey?: TableItem
}

type Operation =
  | 'DynamoDB_20120810.GetItem'
  | 'DynamoDB_20120810.BatchGetItem'
  | 'DynamoDB_20120810.Query'
  | 'DynamoDB_20120810.PutItem'
  | 'DynamoDB_20120810.UpdateItem'
  | 'DynamoDB_20120810.DeleteItem'
  | 'DynamoDB_20120810.TransactWriteItems'

/** A table's requests, in DynamoDB's own protocol. */
export interface TableClient {
  /**
   * @param isOnce whether a second arrival would do more than the first: then it is not sent again when its
   * answer was lost
   * @throws AwsRefusal; the connection's error when no try was answered
   */
  send(operation: Operation, input: object, isOnce?: boolean): Promise<TableAnswer>
  /** Deletes items without a condition; may be repeated. */
  deleteItems(table: string, keys: readonly TableKey[]): Promise<void>
}

/** Tries of one request, as the SDK makes them for DynamoDB. */
const tries = 4

const configured = (): AwsService => ({
  name: 'dynamodb',
  endpoint: new URL(
    setting('AWS_ENDPOINT_URL_DYNAMODB') ??
      setting('AWS_ENDPOINT_URL') ??
      `https://dynamodb.${requiredSetting('AWS_REGION')}.amazonaws.com`,
  ),
  region: requiredSetting('AWS_REGION'),
  credentials: environmentCredentials,
})

/**
 * Most of a turn's processor time was the SDK's: it walks a schema for each request and answer, derives the key
 * that signs anew, and loads with every function. DynamoDB's protocol is a JSON body and a header.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 * @param given what the environment says, at the first request, when there is none
 */
export const createTableClient = (given?: AwsService): TableClient => {
  let service = given
  return {
    async send(operation, input, isOnce) {
      service ??= configured()
      const { body } = await sendToAws(
        service,
        {
          method: 'POST',
          path: '/',
          headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': operation },
          body: JSON.stringify(input),
          isOnce,
        },
        tries,
      )
      return JSON.parse(body)
    },
    async deleteItems(table, keys) {
      service ??= configured()
      const { endpoint, region } = service
      const { sessionToken, ...named } = service.credentials()
      const credentials = { ...named, ...(sessionToken === undefined ? {} : { sessionToken }) }
      const { deleteItems } = await import('./table-batches.ts')
      await deleteItems(
        { endpoint: endpoint.href, region, credentials, maxAttempts: tries },
        table,
        keys,
      )
    },
  }
}

/** Whether the table refused with this name. */
export const isRefusal = (error: unknown, name: string): error is AwsRefusal =>
  error instanceof AwsRefusal && error.name === name
