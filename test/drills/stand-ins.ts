import type { InvocationMark } from './control.ts'
import type { Sample, TimedLine } from './samples.ts'

/** An execution of the state machine as the local engine lists it; times in milliseconds since the epoch. */
export interface SeenExecution {
  status: string
  startedAt: number
  stoppedAt: number | undefined
}

/** What a queue held when a drill looked. */
export interface QueueReading {
  at: number
  /** The queue's name in the template. */
  queue: string
  visible: number
  inFlight: number
  /** Seconds since the oldest message was sent, by the drill's clock; 0 without one. */
  oldestSeconds: number
}

/** Everything that AWS would have counted and the local engine only lets be seen. */
export interface Observed {
  lines: TimedLine[]
  /** Invocations that the engine reported as failed. */
  failures: { at: number; name: string }[]
  marks: InvocationMark[]
  executions: SeenExecution[]
  queues: QueueReading[]
  /** Executions that the account is assumed to allow at once. */
  concurrency: number
}

export interface StandIn {
  namespace: string
  name: string
  /** What is seen here, for the reader of the drill's output. */
  observation: string
  /** `of` is the dimension's value without brackets: the function, the queue or the machine in the template. */
  read(observed: Observed, of: string): { at: number; value: number }[]
}

const one = (at: number) => ({ at, value: 1 })

const isRequestTo = (stream: boolean) => (line: TimedLine) =>
  line.fields.kind === 'request' && (line.function === 'Stream') === stream

/** Requests in the lines of the functions behind the HTTP API, or of the function URL; 5xx alone if wanted. */
const requests = (stream: boolean, leastStatus: number) => (observed: Observed) =>
  observed.lines
    .filter(isRequestTo(stream))
    .filter(({ fields }) => fields.status >= leastStatus)
    .map(({ at }) => one(at))

/** Invocations of a function in the order in which they began, with how many of all functions ran already. */
const begun = ({ marks }: Observed, of: string) => {
  const running = new Set<string>()
  return marks.flatMap(({ at, name, requestId, mark }) => {
    if (mark === 'end') {
      running.delete(requestId)
      return []
    }
    const already = running.size
    running.add(requestId)
    return name === of ? [{ at, already }] : []
  })
}

const ended = (status: string) => (observed: Observed) =>
  observed.executions
    .filter((execution) => execution.status === status)
    .flatMap(({ stoppedAt }) => (stoppedAt === undefined ? [] : [one(stoppedAt)]))

const ofQueue =
  (field: 'visible' | 'inFlight' | 'oldestSeconds') => (observed: Observed, of: string) =>
    observed.queues
      .filter(({ queue }) => queue === of)
      .map((reading) => ({ at: reading.at, value: reading[field] }))

/** Which local observation stands for which of AWS's own metrics. */
export const standIns: readonly StandIn[] = [
  {
    namespace: 'AWS/Lambda',
    name: 'Errors',
    observation: 'invocations that the local engine reported as failed',
    read: ({ failures }, of) => failures.filter(({ name }) => name === of).map(({ at }) => one(at)),
  },
  {
    namespace: 'AWS/Lambda',
    name: 'Invocations',
    observation: 'invocations that a thread of the function took, within the assumed concurrency',
    read: (observed, of) =>
      begun(observed, of)
        .filter(({ already }) => already < observed.concurrency)
        .map(({ at }) => one(at)),
  },
  {
    namespace: 'AWS/Lambda',
    name: 'Throttles',
    observation:
      'invocations that began while as many ran, of all functions, as the assumed concurrency allows; the local engine lets them run',
    read: (observed, of) =>
      begun(observed, of)
        .filter(({ already }) => already >= observed.concurrency)
        .map(({ at }) => one(at)),
  },
  {
    namespace: 'AWS/Lambda',
    name: 'Url5xxCount',
    observation: 'request lines of Stream with a status of 500 and more',
    read: requests(true, 500),
  },
  {
    namespace: 'AWS/Lambda',
    name: 'UrlRequestCount',
    observation: 'request lines of Stream',
    read: requests(true, 0),
  },
  {
    namespace: 'AWS/ApiGateway',
    name: '5xx',
    observation: 'request lines of the other functions with a status of 500 and more',
    read: requests(false, 500),
  },
  {
    namespace: 'AWS/ApiGateway',
    name: 'Count',
    observation: 'request lines of the other functions',
    read: requests(false, 0),
  },
  {
    namespace: 'AWS/States',
    name: 'ExecutionsStarted',
    observation: 'executions in the local ListExecutions, by when they began',
    read: ({ executions }) => executions.map(({ startedAt }) => one(startedAt)),
  },
  {
    namespace: 'AWS/States',
    name: 'ExecutionsFailed',
    observation: 'executions in the local ListExecutions that ended FAILED',
    read: ended('FAILED'),
  },
  {
    namespace: 'AWS/States',
    name: 'ExecutionsTimedOut',
    observation: 'executions in the local ListExecutions that ended TIMED_OUT',
    read: ended('TIMED_OUT'),
  },
  {
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesVisible',
    observation: 'GetQueueAttributes of the local queue, whenever the drill looks',
    read: ofQueue('visible'),
  },
  {
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesNotVisible',
    observation: 'GetQueueAttributes of the local queue, whenever the drill looks',
    read: ofQueue('inFlight'),
  },
  {
    namespace: 'AWS/SQS',
    name: 'ApproximateAgeOfOldestMessage',
    observation:
      "SentTimestamp of the messages that the drill keeps from their function, against the drill's clock",
    read: ofQueue('oldestSeconds'),
  },
]

const own = new Set(['FunctionName', 'QueueName', 'StateMachineArn'])

/** The samples of one of AWS's metrics; its dimensions are kept as the alarm names them. */
export const samplesOf = (
  observed: Observed,
  { namespace, name, dimensions }: Pick<Sample, 'namespace' | 'name' | 'dimensions'>,
): Sample[] => {
  const standIn = standIns.find((it) => it.namespace === namespace && it.name === name)
  if (!standIn) throw new Error(`Nothing here stands for ${namespace} ${name}.`)
  const [, resource = ''] = Object.entries(dimensions).find(([key]) => own.has(key)) ?? []
  const of = resource.replace(/^<(\w+).*$/, '$1')
  return standIn.read(observed, of).map((point) => ({ namespace, name, dimensions, ...point }))
}
