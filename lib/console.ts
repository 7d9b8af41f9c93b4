import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Aws, Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib'
import {
  type BehaviorOptions,
  CachePolicy,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type IOrigin,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront'
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins'
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3'
import { Asset } from 'aws-cdk-lib/aws-s3-assets'
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment'
import { Construct } from 'constructs'
import type { Data } from './data.ts'
import { nameInTemplate } from './template-name.ts'

/** The folder in the bucket, and the path, of everything whose name changes with its content. */
const assetsFolder = 'assets'

/** What CloudFront answers for `/`. */
export const startPage = 'index.html'

export interface ConsoleProps {
  stage: string
  /** Folder of the built console. */
  directory: string
  data: Data
  /** `wss://…/<stage>` of the WebSocket API. */
  socketUrl: string
}

/** The page where people meet the product: static files behind the front door. */
export class Console extends Construct {
  /** By path, for the distribution that also leads to the API. */
  readonly behaviours: Readonly<Record<string, BehaviorOptions>>

  constructor(scope: Construct, id: string, props: ConsoleProps) {
    super(scope, id)
    const created = new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      // Everything in it is built again from the sources.
      removalPolicy: RemovalPolicy.DESTROY,
    })
    // The CDK's own types differ in whether `isWebsite` may be undefined.
    const bucket = created as IBucket
    nameInTemplate(created, 'ConsoleBucket')
    Validations.of(created).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'It holds public files only, which only the distribution can read.',
    })
    deployFiles(this, bucket, props.directory)
    const origin = S3BucketOrigin.withOriginAccessControl(bucket)
    const behaviour = behaviourOf(origin, securityHeaders(this, props))
    const pages = filesIn(props.directory).map((name) => `/${name}`)
    this.behaviours = Object.fromEntries(
      ['/', ...pages, `/${assetsFolder}/*`].map((path) => [path, behaviour]),
    )
  }
}

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)
    .sort()

const behaviourOf = (
  origin: IOrigin,
  responseHeadersPolicy: ResponseHeadersPolicy,
): BehaviorOptions => ({
  origin,
  responseHeadersPolicy,
  // Keeps to the objects' own Cache-Control.
  cachePolicy: CachePolicy.CACHING_OPTIMIZED,
  viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
  compress: true,
})

/** The assets first, so that no page names one that is not there; older ones stay for pages that are open. */
const deployFiles = (scope: Construct, bucket: IBucket, directory: string): void => {
  const logGroup = new LogGroup(scope, 'DeploymentLog', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  const assets = new Asset(scope, 'AssetFiles', { path: join(directory, assetsFolder) })
  const pages = new Asset(scope, 'PageFiles', { path: directory, exclude: [assetsFolder] })
  const role = copierRole(scope, { bucket, logGroup, files: [assets, pages] })
  const common = {
    destinationBucket: bucket,
    prune: false,
    // Otherwise the bucket would outlive the stack.
    retainOnDelete: false,
    outputObjectKeys: false,
    memoryLimit: 256,
    logGroup,
    // The CDK would add rights to whole buckets.
    role: role.withoutPolicyUpdates(),
  }
  const first = new BucketDeployment(scope, 'Assets', {
    ...common,
    sources: [Source.bucket(assets.bucket, assets.s3ObjectKey)],
    destinationKeyPrefix: assetsFolder,
    cacheControl: [CacheControl.fromString(`public, max-age=${yearSeconds}, immutable`)],
  })
  const second = new BucketDeployment(scope, 'Pages', {
    ...common,
    sources: [Source.bucket(pages.bucket, pages.s3ObjectKey)],
    cacheControl: [CacheControl.noCache()],
  })
  second.node.addDependency(first)
  for (const deployment of [first, second]) deployment.node.addDependency(role)
  acknowledgeDeployment(scope)
}

interface Copied {
  bucket: IBucket
  logGroup: LogGroup
  files: readonly Asset[]
}

/** May copy these files into the bucket, and erase them there. */
const copierRole = (scope: Construct, { bucket, logGroup, files }: Copied): Role => {
  const role = new Role(scope, 'DeploymentRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
  })
  const allow = (actions: string[], resources: string[]): void => {
    role.addToPolicy(new PolicyStatement({ actions, resources }))
  }
  allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn])
  allow(
    ['s3:GetObject'],
    files.map((file) => file.bucket.arnForObjects(file.s3ObjectKey)),
  )
  allow(['s3:ListBucket', 's3:GetBucketTagging'], [bucket.bucketArn])
  allow(['s3:PutObject', 's3:DeleteObject'], [bucket.arnForObjects('*')])
  Validations.of(role).acknowledge({
    id: 'AwsSolutions-IAM5[Resource::<ConsoleBucket.Arn>/*]',
    reason: 'The bucket holds nothing but the files that it copies.',
  })
  return role
}

/** The function is the CDK's own, one for all deployments of a stack, and runs while the stack is deployed. */
const acknowledgeDeployment = (scope: Construct): void => {
  const copier = Stack.of(scope).node.children.find(({ node }) =>
    node.id.startsWith('Custom::CDKBucketDeployment'),
  )
  if (!copier) throw new Error('The CDK names the function of its deployments otherwise.')
  const reason = "The CDK's own function, which CloudFormation invokes once in a deployment."
  const findings = [
    'AwsSolutions-L1',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaLatestVersion',
    'Serverless-LambdaTracing',
  ]
  Validations.of(copier).acknowledge(...findings.map((id) => ({ id, reason })))
}

const yearSeconds = Duration.days(365).toSeconds()

/**
 * What a browser may do with the pages: run and load their own files, talk to the API and its sockets, and
 * exchange media with the bucket by signed links.
 */
const securityHeaders = (
  scope: Construct,
  { stage, data, socketUrl }: ConsoleProps,
): ResponseHeadersPolicy => {
  const sockets = socketUrl.replace(new RegExp(`/${stage}$`), '')
  const media = `https://${data.mediaBucket.bucketRegionalDomainName}`
  const contentSecurityPolicy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self' blob: ${media}`,
    `media-src 'self' blob: ${media}`,
    `connect-src 'self' ${sockets} ${media}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
  const policy = new ResponseHeadersPolicy(scope, 'SecurityHeaders', {
    responseHeadersPolicyName: `${Aws.STACK_NAME}-${Stack.of(scope).region}-console`,
    comment: `Launch Studio ${stage}: the console`,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: {
        accessControlMaxAge: Duration.days(2 * 365),
        includeSubdomains: true,
        override: true,
      },
    },
    customHeadersBehavior: {
      customHeaders: [
        ['cross-origin-opener-policy', 'same-origin'],
        ['cross-origin-resource-policy', 'same-origin'],
        ['permissions-policy', 'camera=(self), microphone=(self), geolocation=(), payment=()'],
      ].map(([header = '', value = '']) => ({ header, value, override: true })),
    },
  })
  return policy
}
