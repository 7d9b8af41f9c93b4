/** A quota of AWS's or of DynamoDB's design, as it is without a request for more. */
interface Quota {
  perSecond: number
  source: string
  /** The day on which it was read at its source; null for what was only told by others. */
  verifiedOn: string | null
}

const guide = (path: string): string => `https://docs.aws.amazon.com/${path}`
const readOn = '2026-11-26'

/** What one region of one account takes; ap-northeast-2 is among "all other regions". */
export const quotas = {
  partitionWrites: {
    perSecond: 1_000,
    source: guide('amazondynamodb/latest/developerguide/bp-partition-key-design.html'),
    verifiedOn: readOn,
  },
  partitionReads: {
    perSecond: 3_000,
    source: guide('amazondynamodb/latest/developerguide/bp-partition-key-design.html'),
    verifiedOn: readOn,
  },
  /** Not AWS's word: transactions on one item conflict, and the store tries them again (decision 38). */
  transactionsOnOneItem: { perSecond: 60, source: 'decision 38', verifiedOn: null },
  tableWrites: {
    perSecond: 40_000,
    source: guide('amazondynamodb/latest/developerguide/ServiceQuotas.html'),
    verifiedOn: null,
  },
  startExecution: {
    perSecond: 150,
    source: 'Step Functions developer guide, quotas, Standard, all other regions',
    verifiedOn: readOn,
  },
  transitions: {
    perSecond: 500,
    source: 'Step Functions developer guide, quotas, Standard, all other regions',
    verifiedOn: readOn,
  },
  taskCallbacks: {
    perSecond: 300,
    source: 'Step Functions developer guide, SendTaskHeartbeat and SendTaskSuccess',
    verifiedOn: readOn,
  },
  newSockets: {
    perSecond: 500,
    source: guide(
      'apigateway/latest/developerguide/apigateway-execution-service-websocket-limits-table.html',
    ),
    verifiedOn: readOn,
  },
  gatewayRequests: {
    perSecond: 10_000,
    source: guide('apigateway/latest/developerguide/limits.html'),
    verifiedOn: null,
  },
} as const satisfies Record<string, Quota>

/** Concurrent executions that an older account has. */
export const accountConcurrency = 1_000
