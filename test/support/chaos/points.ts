/** What is read of a call's body: DynamoDB's and Step Functions' own JSON. */
interface Attribute {
  S?: string
  N?: string
}
interface Operation {
  Key?: { PK?: Attribute; SK?: Attribute }
  Item?: { PK?: Attribute; SK?: Attribute }
  ExpressionAttributeValues?: Record<string, Attribute>
}
interface Body extends Operation {
  TransactItems?: Record<string, Operation>[]
  /** Of StartExecution. */
  name?: string
}

/** What a call changed, as the report needs it to name what repaired a run. */
export type Act =
  | { act: 'claim'; run: string; stage: string; attempt: number; generation: number }
  | { act: 'state'; run: string; state: string }
  | { act: 'start'; run: string; attempt: number }

export interface Call {
  /** Service, operation and the kinds of items it is about: `dynamodb.TransactWriteItems(RUN+EVENT)`. */
  point: string
  /** The run it names, if it names one. */
  run: string | undefined
  acts: Act[]
}

const services: Record<string, string> = {
  DynamoDB_20120810: 'dynamodb',
  AWSStepFunctions: 'states',
}

const parse = (text: string): Body => {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}

const kindOf = (key: string): string => key.split('#')[0] ?? ''

const operationsOf = (body: Body): Operation[] =>
  body.TransactItems?.flatMap((item) => Object.values(item)) ?? [body]

/** Claim, sign of life and call count are updates of the same item. */
const updateOf = (values: Record<string, Attribute>): string => {
  if (':set_generation' in values) return ':claim'
  if (':max_0' in values) return ':count'
  return ':set_lease_until' in values ? ':extend' : ''
}

const subjectOf = (body: Body): string => {
  const kinds = operationsOf(body).flatMap(({ Key, Item, ExpressionAttributeValues = {} }) => {
    const sort = Key?.SK?.S ?? Item?.SK?.S ?? ExpressionAttributeValues[':from']?.S
    if (sort === undefined) return []
    const isOfMany = (body.TransactItems?.length ?? 1) > 1
    return [`${kindOf(sort)}${isOfMany ? '' : updateOf(ExpressionAttributeValues)}`]
  })
  return [...new Set(kinds)].join('+')
}

const actsOf = (operation: string, body: Body): Act[] => {
  if (operation === 'StartExecution') {
    const [, run, attempt] = /^(run_\w+)-(\d+)$/.exec(body.name ?? '') ?? []
    return run ? [{ act: 'start', run, attempt: Number(attempt) }] : []
  }
  return operationsOf(body).flatMap(({ Key, ExpressionAttributeValues: values = {} }): Act[] => {
    const run = /^RUN#(.+)$/.exec(Key?.PK?.S ?? '')?.[1]
    if (run === undefined) return []
    const state = values[':set_state']?.S
    if (Key?.SK?.S === 'RUN' && state !== undefined) return [{ act: 'state', run, state }]
    const stage = values[':set_stage']?.S
    if (values[':set_generation'] === undefined || stage === undefined) return []
    const attempt = Number(values[':set_attempt']?.N)
    return [{ act: 'claim', run, stage, attempt, generation: Number(values[':set_generation'].N) }]
  })
}

/** Names what a request to AWS is about to do. */
export const readCall = (
  target: string | undefined,
  { method, path }: { method: string; path: string },
  text: string,
): Call => {
  const [service = '', operation = ''] = (target ?? '').split('.')
  if (target === undefined) {
    const known = path.startsWith('/@connections') || path.includes('/@connections/')
    // Of what is called so, the rest is S3's.
    const point = known ? 'sockets.PostToConnection' : `s3.${method}`
    return { point, run: undefined, acts: [] }
  }
  const body = parse(text)
  const subject = subjectOf(body)
  return {
    point: `${services[service] ?? service}.${operation}${subject ? `(${subject})` : ''}`,
    run: /run_[0-9a-z]{26}/.exec(text)?.[0],
    acts: actsOf(operation, body),
  }
}
