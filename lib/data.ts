import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib'
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import {
  mediaPrefixes,
  openIndex,
  ownerIndex,
  type TableIndexName,
  tableKey,
} from '../shared/rules/storage-layout.ts'
import { confineEmptier } from './bucket-emptier.ts'
import { preflightMaxAge } from './cors.ts'
import type { ServiceFunction } from './service-function.ts'
import { nameInTemplate } from './template-name.ts'

/** A transaction needs the actions of its writes, and none of its own. */
export type TableAction =
  | 'GetItem'
  | 'Query'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem'

/** `GetObject` also allows signing links for reading, `PutObject` signing forms for uploading. */
export type MediaAction = 'GetObject' | 'PutObject' | 'PutObjectTagging' | 'DeleteObject'

export interface DataProps {
  /** Whether table and bucket outlive the stack. */
  retain: boolean
}

/** The one table and the one bucket. */
export class Data extends Construct {
  readonly table: Table
  readonly mediaBucket: Bucket

  constructor(scope: Construct, id: string, { retain }: DataProps) {
    super(scope, id)
    const removalPolicy = retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY
    this.table = new Table(this, 'Table', {
      partitionKey: { name: tableKey.partition, type: AttributeType.STRING },
      sortKey: { name: tableKey.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: tableKey.ttl,
      deletionProtection: retain,
      removalPolicy,
    })
    this.table.addGlobalSecondaryIndex({
      indexName: ownerIndex.name,
      partitionKey: { name: ownerIndex.partition, type: AttributeType.STRING },
      sortKey: { name: ownerIndex.sort, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    })
    this.table.addGlobalSecondaryIndex({
      indexName: openIndex.name,
      partitionKey: { name: openIndex.partition, type: AttributeType.STRING },
      sortKey: { name: openIndex.sort, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    })
    this.mediaBucket = new Bucket(this, 'MediaBucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // For pages of any origin, since the console's own is not known here: a link or a form is signed for one
      // object, and no cookie goes with it.
      cors: [
        {
          allowedOrigins: ['*'],
          allowedMethods: [HttpMethods.GET, HttpMethods.POST],
          allowedHeaders: ['*'],
          maxAge: preflightMaxAge.toSeconds(),
        },
      ],
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy,
      autoDeleteObjects: !retain,
    })
    if (!retain) confineEmptier(this)
    nameInTemplate(this.table, 'Table')
    nameInTemplate(this.mediaBucket, 'MediaBucket')
    Validations.of(this.mediaBucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Private objects behind signed links; the functions log every link and every form that they sign.',
    })
  }

  /** Gives the function the table's name, these actions on it, and queries of these indexes and of what they name. */
  allowTable(
    fn: ServiceFunction,
    actions: readonly TableAction[],
    indexes: readonly TableIndexName[] = [],
  ): void {
    fn.setSetting('tableName', this.table.tableName)
    fn.allow(
      actions.map((action) => `dynamodb:${action}`),
      [this.table.tableArn],
    )
    if (indexes.length > 0) {
      fn.allow(
        ['dynamodb:Query'],
        indexes.map((index) => `${this.table.tableArn}/index/${index}`),
      )
      if (indexes.includes(ownerIndex.name)) {
        fn.allow(['dynamodb:BatchGetItem'], [this.table.tableArn])
      }
    }
  }

  /** Lets the function erase every object of a session. */
  allowMediaErasure(fn: ServiceFunction): void {
    for (const prefix of Object.values(mediaPrefixes)) {
      this.allowMedia(fn, ['DeleteObject'], `${prefix}*`)
    }
  }

  /**
   * Gives the function the bucket's name and these actions on objects whose keys match the pattern.
   * Without the right to list, S3 reports a missing object as forbidden.
   */
  allowMedia(fn: ServiceFunction, actions: readonly MediaAction[], keys: string): void {
    fn.setSetting('mediaBucketName', this.mediaBucket.bucketName)
    fn.allow(['s3:ListBucket'], [this.mediaBucket.bucketArn])
    fn.allowWildcard(
      actions.map((action) => `s3:${action}`),
      {
        arn: this.mediaBucket.arnForObjects(keys),
        finding: `<MediaBucket.Arn>/${keys}`,
        reason:
          'Objects are named after sessions and their kind; the grant is limited to one kind.',
      },
    )
  }
}
