import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { LocalFunctions } from '../functions/functions.ts'
import type { QueueClient } from '../queues/queue-client.ts'
import { partition } from '../template/partition.ts'
import type { Resolver } from '../template/resolver.ts'
import { type EventPattern, matchesPattern, unsupportedOperators } from './event-pattern.ts'
import { readRate } from './schedule.ts'

const ruleSchema = z.object({
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()).optional(),
  ScheduleExpression: z.string().optional(),
  State: z.string().default('ENABLED'),
  Targets: z
    .array(
      z.looseObject({
        Arn: z.string(),
        Input: z.string().optional(),
        InputPath: z.unknown().optional(),
        InputTransformer: z.unknown().optional(),
      }),
    )
    .default([]),
})

/** An event before the bus gives it its id and time. */
export interface PublishedEvent {
  source: string
  detailType: string
  detail: unknown
  resources?: string[]
  time?: Date
}

interface Rule {
  arn: string
  pattern: EventPattern | undefined
  periodMilliseconds: number | undefined
  targets: Array<(event: unknown) => void>
}

export interface EventBusOptions {
  queues: QueueClient
  log: (line: string) => void
  notEmulated: (line: string) => void
  /** How many times faster than declared the schedules fire. */
  speed: number
}

/** The default bus: hands each event to the targets of every rule that it matches. */
export class EventBus {
  readonly #rules: Rule[] = []
  readonly #timers: NodeJS.Timeout[] = []
  readonly #queueUrls: ReadonlyMap<string, string>
  readonly #speed: number
  readonly #queues: QueueClient
  #closed = false

  constructor(resolver: Resolver, functions: LocalFunctions, options: EventBusOptions) {
    const { log, notEmulated } = options
    this.#speed = options.speed
    this.#queues = options.queues
    this.#queueUrls = new Map(
      resolver
        .resources('AWS::SQS::Queue')
        .map(([logicalId]) => [
          resolver.attribute(logicalId, 'Arn'),
          resolver.reference(logicalId),
        ]),
    )
    for (const [logicalId] of resolver.resources('AWS::Events::Rule')) {
      const rule = resolver.properties(logicalId, ruleSchema)
      const leaveOut = (what: string) =>
        notEmulated(`AWS::Events::Rule with ${what} (${logicalId})`)
      const period = rule.ScheduleExpression && readRate(rule.ScheduleExpression)
      const operators = unsupportedOperators(rule.EventPattern ?? {})
      if (rule.EventBusName !== 'default') leaveOut(`bus ${rule.EventBusName}`)
      else if (operators.length > 0) leaveOut(`pattern operator ${operators.join(', ')}`)
      else if (rule.ScheduleExpression && !period) leaveOut(`schedule ${rule.ScheduleExpression}`)
      else if (rule.State === 'ENABLED') {
        this.#rules.push({
          arn: resolver.attribute(logicalId, 'Arn'),
          pattern: rule.EventPattern,
          periodMilliseconds: period || undefined,
          targets: rule.Targets.flatMap((target) => {
            if (target.InputPath !== undefined || target.InputTransformer !== undefined) {
              leaveOut('transformed input')
              return []
            }
            const deliver = this.#target(target.Arn, functions, log)
            if (!deliver) leaveOut(`target ${target.Arn}`)
            const input: unknown = target.Input === undefined ? undefined : JSON.parse(target.Input)
            return deliver ? [(event: unknown) => deliver(input ?? event)] : []
          }),
        })
      }
    }
  }

  /** Starts the schedules; each fires for the first time after one period. */
  start(): void {
    for (const rule of this.#rules) {
      if (rule.periodMilliseconds === undefined) continue
      const fire = () => this.#deliver(rule, scheduledEvent(rule.arn))
      this.#timers.push(setInterval(fire, rule.periodMilliseconds / this.#speed))
    }
  }

  /** Puts an event on the bus and returns its id. Delivery goes on after it. */
  publish({
    source,
    detailType,
    detail,
    resources = [],
    time = new Date(),
  }: PublishedEvent): string {
    const event = { ...envelope(source, detailType, resources, time), detail }
    for (const rule of this.#rules) {
      if (rule.pattern && matchesPattern(rule.pattern, event)) this.#deliver(rule, event)
    }
    return event.id
  }

  close(): void {
    this.#closed = true
    for (const timer of this.#timers) clearInterval(timer)
  }

  #deliver(rule: Rule, event: unknown): void {
    if (this.#closed) return
    for (const target of rule.targets) target(event)
  }

  #target(
    arn: string,
    functions: LocalFunctions,
    log: (line: string) => void,
  ): ((event: unknown) => void) | undefined {
    const queueUrl = this.#queueUrls.get(arn)
    if (queueUrl !== undefined) {
      return (event) => {
        this.#queues
          .send(queueUrl, JSON.stringify(event))
          .catch((error: unknown) =>
            log(`Cannot deliver an event to ${queueUrl}: ${String(error)}`),
          )
      }
    }
    const fn = functions.find(arn)
    return fn && ((event) => functions.invokeLater(fn, event))
  }
}

const envelope = (source: string, detailType: string, resources: string[], time: Date) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': detailType,
  source,
  account: partition.account,
  time: time.toISOString().replace(/\.\d+Z$/, 'Z'),
  region: partition.region,
  resources,
})

const scheduledEvent = (ruleArn: string): object => ({
  ...envelope('aws.events', 'Scheduled Event', [ruleArn], new Date()),
  detail: {},
})
