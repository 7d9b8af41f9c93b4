import type { CostRecord, TableRequest } from './records.ts'

/** What a request is for, by the items that it names: the first rule that fits. */
const rules: readonly [
  purpose: string,
  fits: (kinds: ReadonlySet<string>, operation: string) => boolean,
][] = [
  ['idempotency: the caller’s key', (kinds) => kinds.has('KEY/KEY') || kinds.has('SESSION/KEY')],
  ['limits: places of runs in progress', (kinds) => kinds.has('LIMIT/OPEN')],
  ['limits: the rates of one scope', (kinds) => kinds.has('LIMIT/RATES')],
  [
    'log: append one event',
    (kinds, operation) => operation === 'PutItem' && kinds.has('SESSION/EVENT'),
  ],
  [
    'log: read its tail or what follows',
    (kinds, operation) => operation === 'Query' && kinds.has('SESSION/EVENT'),
  ],
  [
    'log: look at a place that another writer took',
    (kinds, operation) => operation === 'GetItem' && kinds.has('SESSION/EVENT'),
  ],
  [
    'sockets: connections of the session',
    (kinds, operation) => operation === 'Query' && kinds.has('SESSION/CONNECTION'),
  ],
  [
    'sockets: ticket, open, close, look up',
    (kinds) => ['TICKET/TICKET', 'CONNECTION/CONNECTION'].some((kind) => kinds.has(kind)),
  ],
  [
    'conversation: session and messages read',
    (kinds, operation) => operation === 'Query' && kinds.has('SESSION/MESSAGE'),
  ],
  [
    'stage: commit with its events',
    (kinds) => kinds.has('RUN/STAGE') && kinds.has('SESSION/SESSION'),
  ],
  ['stage: claim, renewal, partial output', (kinds) => kinds.has('RUN/STAGE')],
  ['stage: how long stages take', (kinds) => kinds.has('DURATIONS/MODES')],
  ['run: stored with its events', (kinds) => kinds.has('RUN/RUN') && kinds.has('SESSION/SESSION')],
  [
    'run: read with its stages',
    (kinds, operation) => operation === 'Query' && kinds.has('RUN/RUN'),
  ],
  [
    'conversation: lease and commit with events',
    (kinds) =>
      kinds.has('SESSION/SESSION') && (kinds.has('SESSION/MESSAGE') || kinds.has('SESSION/SPEECH')),
  ],
  ['conversation: a voice turn that waits', (kinds) => kinds.has('SESSION/SPEECH')],
  ['media: purchases made or found', (kinds) => kinds.has('SESSION/BOUGHT')],
  [
    'media: progress with its event',
    (kinds) => (kinds.has('RUN/ASSET') || kinds.has('RUN/EXPORT')) && kinds.has('SESSION/EVENT'),
  ],
  [
    'media: assets claimed, renewed, read',
    (kinds) => kinds.has('RUN/ASSET') || kinds.has('RUN/EXPORT'),
  ],
  [
    'spending: reserve or settle under caps',
    (kinds) => [...kinds].some((kind) => kind.startsWith('SPEND') || kind === 'RUN/SPEND'),
  ],
  ['jobs: read', (kinds) => kinds.has('JOB/JOB')],
  ['session: read', (kinds) => kinds.has('SESSION/SESSION')],
  ['research: findings read', (kinds) => kinds.has('RUN/FINDINGS')],
  ['ends: announced', (kinds) => kinds.has('ENDED/ENDED')],
  ['webhooks: of the owner', (kinds) => [...kinds].some((kind) => kind.startsWith('WEBHOOKS/'))],
]

const first = (key: string): string => key.split('#')[0] ?? ''

export const purposeOf = ({
  operation,
  keys,
}: Pick<TableRequest, 'operation' | 'keys'>): string => {
  const kinds = new Set(keys.map(({ pk, sk }) => `${first(pk)}/${first(sk)}`))
  return rules.find(([, fits]) => fits(kinds, operation))?.[0] ?? 'other'
}

/** The table's load by what it is for. */
export interface PurposeSum {
  purpose: string
  requests: number
  writeUnits: number
  readUnits: number
}

/** The requests of a part by purpose, the most units first; sums are of one repetition. */
export const purposesOf = (records: readonly CostRecord[], times: number): PurposeSum[] => {
  const sums = new Map<string, PurposeSum>()
  for (const record of records) {
    if (record.kind !== 'call' || record.service !== 'dynamodb') continue
    const purpose = purposeOf(record.request)
    const sum = sums.get(purpose) ?? { purpose, requests: 0, writeUnits: 0, readUnits: 0 }
    sum.requests += 1 / times
    sum.writeUnits += record.request.writeUnits / times
    sum.readUnits += record.request.readUnits / times
    sums.set(purpose, sum)
  }
  return [...sums.values()].sort(
    (one, other) => other.writeUnits + other.readUnits - (one.writeUnits + one.readUnits),
  )
}
