import type { MeterName } from './meters.ts'

/** A price, where it was read, and whether it was read at AWS itself or in a dated copy of its price list. */
export interface Price {
  /** US dollars for one unit of the meter. */
  usd: number
  source: string
  /** The day of the look; null for a price that was only remembered or told by others. */
  verifiedOn: string | null
}

/** Names the table wherever a cost is told. A new price is a new table. */
export const awsPriceTable = 'aws-ap-northeast-2-2026-11-26'

const million = 1_000_000
const priceList = (file: string): string =>
  `AWS Price List, ${file}, ap-northeast-2, as a public repository copied it on 2026-10-01`
const readOn = '2026-10-01'
const pricing = (service: string): string => `https://aws.amazon.com/${service}/pricing/`

/**
 * List prices of Seoul in US dollars, of the first tier, without free tiers and discounts. AWS's own pages load
 * their numbers by script, so that most were read in copies of its price list.
 */
export const awsPrices = {
  lambda_requests: {
    usd: 0.2 / million,
    source: priceList('AWSLambda'),
    verifiedOn: readOn,
  },
  lambda_time: { usd: 0.0000133334, source: priceList('AWSLambda'), verifiedOn: readOn },
  lambda_disk: { usd: 0.0000000309, source: pricing('lambda'), verifiedOn: null },
  table_writes: {
    usd: 0.68 / million,
    source:
      'AWS Price List, AmazonDynamoDB, APN2-WriteRequestUnits, as a public repository read it on 2026-06-12',
    verifiedOn: '2026-06-12',
  },
  table_reads: {
    usd: 0.1355 / million,
    source:
      'AWS Price List, AmazonDynamoDB, APN2-ReadRequestUnits, as a public repository read it on 2026-06-12',
    verifiedOn: '2026-06-12',
  },
  // 0.27075 for the table, 0.228 for point-in-time recovery.
  table_storage: { usd: 0.27075 + 0.228, source: pricing('dynamodb'), verifiedOn: null },
  transitions: {
    usd: 0.0271 / 1_000,
    source: `${pricing('step-functions')}, its table of regions; AWS Price List, APN2-StateTransition, effective 2025-07-01`,
    verifiedOn: '2025-07-01',
  },
  queue_requests: { usd: 0.4 / million, source: pricing('sqs'), verifiedOn: null },
  custom_events: { usd: 1 / million, source: pricing('eventbridge'), verifiedOn: null },
  http_requests: { usd: 1.23 / million, source: pricing('api-gateway'), verifiedOn: null },
  socket_messages: {
    usd: 1.14 / million,
    source: `${pricing('api-gateway')}; worked out from the tiers of a copied price list (APN2-ApiGatewayMessage)`,
    verifiedOn: null,
  },
  socket_minutes: { usd: 0.285 / million, source: pricing('api-gateway'), verifiedOn: null },
  // 0.0120 for ten thousand HTTPS requests in Asia.
  front_requests: { usd: 0.012 / 10_000, source: pricing('cloudfront'), verifiedOn: null },
  front_bytes: { usd: 0.12, source: priceList('AmazonCloudFront'), verifiedOn: readOn },
  socket_bytes: { usd: 0.126, source: priceList('AWSDataTransfer'), verifiedOn: readOn },
  object_writes: { usd: 0.0045 / 1_000, source: priceList('AmazonS3'), verifiedOn: readOn },
  object_reads: { usd: 0.0035 / 10_000, source: priceList('AmazonS3'), verifiedOn: readOn },
  object_storage: { usd: 0.025, source: pricing('s3'), verifiedOn: null },
  log_bytes: { usd: 0.76, source: priceList('AmazonCloudWatch'), verifiedOn: readOn },
  log_storage: { usd: 0.0314, source: priceList('AmazonCloudWatch'), verifiedOn: readOn },
  custom_metrics: { usd: 0.3, source: pricing('cloudwatch'), verifiedOn: null },
  alarms: { usd: 0.1, source: priceList('AmazonCloudWatch'), verifiedOn: readOn },
  dashboards: { usd: 3, source: pricing('cloudwatch'), verifiedOn: null },
  traces: { usd: 5 / million, source: pricing('xray'), verifiedOn: null },
  key_requests: { usd: 0.03 / 10_000, source: priceList('awskms'), verifiedOn: readOn },
} as const satisfies Partial<Record<MeterName, Price>>

/** Step Functions Express, for the comparison of docs/scale.md: requests, and GB-s of memory in steps of 64 MB. */
export const expressPrices = {
  request: { usd: 1 / million, source: pricing('step-functions'), verifiedOn: null },
  gigabyteSecond: { usd: 0.0000166667, source: pricing('step-functions'), verifiedOn: null },
} as const satisfies Record<string, Price>
