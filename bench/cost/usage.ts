import { gigabyteSeconds, httpRequests, queueRequests, socketMessages } from './aws-units.ts'
import type { Measured } from './measure.ts'
import type { Quantities } from './meters.ts'
import { sumOf } from './meters.ts'
import type { CallRecord, CostRecord, InvocationRecord } from './records.ts'
import { tokensOf } from './tokens.ts'

/** What one agent asked of the model. */
export interface AgentUsage {
  agent: string
  model: string
  calls: number
  inputTokens: number
  outputTokens: number
}

/** What one picture was. */
export interface PictureUsage {
  model: string
  size: string
  withReference: boolean
}

export interface Usage {
  quantities: Quantities
  agents: AgentUsage[]
  pictures: PictureUsage[]
  /** Milliseconds of Lambda, unrounded and by function, for the sensitivity of the estimate. */
  lambda: { by: string; invocations: number; milliseconds: number; gigabyteSeconds: number }[]
}

/** What the template says of the functions and the state machine. */
export interface Deployment {
  /** Functions behind function URLs, which the HTTP API does not see. */
  behindUrls: ReadonlySet<string>
  /** Megabytes of disk by function, where there are more than 512. */
  diskMegabytes: ReadonlyMap<string, number>
  transitionsOfRun: number
  tasksOfRun: number
}

const gigabyte = 1024 ** 3
const kept = { table: 3, logs: 1, objects: 3 }
/**
 * Bytes of Lambda's own lines in JSON for one invocation (platform.start, platform.report), and of the gateway's
 * access line; taken from AWS's examples, since no local engine writes them.
 */
const platformLogBytes = 560
const accessLogBytes = 380
/** CloudWatch counts 26 bytes for each line beside its text. */
const perLine = 26
/** Part of requests that X-Ray records by its default rule, beside the first of each second. */
const tracedShare = 0.05
/** Step Functions' own log at level ALL without data, for one transition: entered and exited, scheduled and ended. */
const transitionLogBytes = 900

const ofInvocation = (record: InvocationRecord, deployment: Deployment): Quantities => {
  const { by, trigger, milliseconds, memoryMegabytes, requestBytes, responseBytes } = record
  const seconds = gigabyteSeconds(milliseconds, memoryMegabytes)
  const disk = Math.max(0, (deployment.diskMegabytes.get(by) ?? 512) - 512)
  const isBehindUrl = deployment.behindUrls.has(by)
  const log = platformLogBytes + (trigger === 'http' && !isBehindUrl ? accessLogBytes : 0)
  return {
    lambda_requests: 1,
    lambda_time: seconds,
    lambda_disk: gigabyteSeconds(milliseconds, disk),
    log_bytes: log / gigabyte,
    traces: trigger === 'queue' || trigger === 'event' ? 0 : tracedShare,
    ...(trigger === 'http' && {
      front_requests: 1,
      front_bytes: responseBytes / gigabyte,
      ...(isBehindUrl ? {} : { http_requests: httpRequests(requestBytes) }),
    }),
    ...(trigger === 'message' && { socket_messages: socketMessages(requestBytes) }),
    // Lambda's own receive and delete; it takes one message at a time.
    ...(trigger === 'queue' && { queue_requests: 2 }),
  }
}

const ofCall = (record: CallRecord, deployment: Deployment): Quantities => {
  switch (record.service) {
    case 'dynamodb':
      return {
        table_writes: record.request.writeUnits,
        table_reads: record.request.readUnits,
        table_storage: (record.request.storedBytes / gigabyte) * kept.table,
      }
    case 's3':
      return record.method === 'GET' || record.method === 'HEAD'
        ? { object_reads: 1 }
        : record.method === 'DELETE'
          ? {}
          : { object_writes: 1, object_storage: (record.sentBytes / gigabyte) * kept.objects }
    case 'sqs':
      return { queue_requests: queueRequests(record.sentBytes) }
    case 'states':
      return record.operation === 'StartExecution'
        ? {
            transitions: deployment.transitionsOfRun,
            queue_requests: deployment.tasksOfRun,
            log_bytes: (deployment.transitionsOfRun * transitionLogBytes) / gigabyte,
          }
        : {}
    case 'events':
      return { custom_events: 1 }
    case 'connections':
      return record.method === 'POST'
        ? {
            socket_messages: socketMessages(record.sentBytes),
            socket_bytes: record.sentBytes / gigabyte,
          }
        : {}
    case 'model':
      return {
        model_input: tokensOf(record.inputText),
        model_output: tokensOf(record.outputText),
        model_searches: record.asker === 'search' ? 1 : 0,
      }
    case 'images':
      return { images: 1 }
    case 'speech':
      return { speech: record.characters }
    case 'transcription':
      return { transcription: record.seconds }
    default:
      return {}
  }
}

/** Functions that a schedule invokes are no part of what a caller does: see `background`. */
const isOfCaller = (record: CostRecord, scheduled: ReadonlySet<string>): boolean =>
  !scheduled.has(record.by)

const agentsOf = (records: readonly CostRecord[]): AgentUsage[] => {
  const agents = new Map<string, AgentUsage>()
  for (const record of records) {
    if (record.kind !== 'call' || record.service !== 'model') continue
    const { asker: agent, model } = record
    const none = { agent, model, calls: 0, inputTokens: 0, outputTokens: 0 }
    const sum = agents.get(`${agent} ${model}`) ?? none
    sum.calls += 1
    sum.inputTokens += tokensOf(record.inputText)
    sum.outputTokens += tokensOf(record.outputText)
    agents.set(`${agent} ${model}`, sum)
  }
  return [...agents.values()]
}

const lambdaOf = (records: readonly CostRecord[]): Usage['lambda'] => {
  const functions = new Map<string, Usage['lambda'][number]>()
  for (const record of records) {
    if (record.kind !== 'invocation') continue
    const none = { by: record.by, invocations: 0, milliseconds: 0, gigabyteSeconds: 0 }
    const sum = functions.get(record.by) ?? none
    sum.invocations += 1
    sum.milliseconds += record.milliseconds
    sum.gigabyteSeconds += gigabyteSeconds(record.milliseconds, record.memoryMegabytes)
    functions.set(record.by, sum)
  }
  return [...functions.values()]
}

/** What is billed for a part of a session, all its repetitions together. */
export const usageOf = (
  { records, logLines }: Pick<Measured, 'records' | 'logLines'>,
  deployment: Deployment,
  scheduled: ReadonlySet<string>,
): Usage => {
  const own = records.filter((record) => isOfCaller(record, scheduled))
  const lines = logLines.filter(({ by }) => !scheduled.has(by.replace(/^.*-/, '')))
  const logged = lines.reduce((sum, { line }) => sum + Buffer.byteLength(line) + perLine, 0)
  const quantities = sumOf([
    { log_bytes: logged / gigabyte },
    ...own.map((record) =>
      record.kind === 'call' ? ofCall(record, deployment) : ofInvocation(record, deployment),
    ),
  ])
  return {
    quantities: { ...quantities, log_storage: (quantities.log_bytes ?? 0) * kept.logs },
    agents: agentsOf(own),
    pictures: own.flatMap((record) =>
      record.kind === 'call' && record.service === 'images'
        ? [{ model: record.model, size: record.size, withReference: record.withReference }]
        : [],
    ),
    lambda: lambdaOf(own),
  }
}
