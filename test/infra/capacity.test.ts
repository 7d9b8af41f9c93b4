import { Stack } from 'aws-cdk-lib'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { capacityOf, warnOfSmallQuota } from '../../lib/capacity.ts'
import { composeApp } from '../../lib/synthesize.ts'
import { routeKey } from '../../shared/contracts/http/route.ts'
import { routes } from '../../shared/contracts/http.ts'
import {
  kindOf,
  mediaWorkersOf,
  requestsAtOnce,
  stageWorkersOf,
  streamReservationOf,
  throttleOf,
  usualConcurrency,
  usualSeconds,
} from '../../shared/rules/capacity.ts'
import { limitsWith } from '../../shared/rules/limit-settings.ts'
import { defaultLimits } from '../../shared/rules/limits.ts'
import { synthesizeTemplate } from './synthesize-template.ts'
import { resourceOf, resourcesOf, text, template as usualTemplate } from './synthesized.ts'

const mapping = z.looseObject({
  EventSourceArn: text,
  BatchSize: z.number().optional(),
  ScalingConfig: z.object({ MaximumConcurrency: z.number() }).optional(),
})
const throttled = z.looseObject({
  ThrottlingRateLimit: z.number(),
  ThrottlingBurstLimit: z.number(),
})
const stage = z.looseObject({
  StageName: z.string(),
  DefaultRouteSettings: throttled,
  RouteSettings: z.record(z.string(), throttled).optional(),
})
const fn = z.looseObject({
  ReservedConcurrentExecutions: z.number().optional(),
  // The CDK's own functions have none.
  Environment: z
    .object({ Variables: z.record(z.string(), z.unknown()) })
    .default({ Variables: {} }),
})

const queuesOf = (template: typeof usualTemplate) =>
  [...resourcesOf(template, 'AWS::Lambda::EventSourceMapping', mapping).values()].filter(
    ({ ScalingConfig }) => ScalingConfig,
  )
const sourceOf = (template: typeof usualTemplate, queue: string) =>
  queuesOf(template).find(({ EventSourceArn }) => EventSourceArn === `<${queue}.Arn>`)
const httpStageOf = (template: typeof usualTemplate) =>
  [...resourcesOf(template, 'AWS::ApiGatewayV2::Stage', stage).values()].find(
    ({ StageName }) => StageName === '$default',
  )

describe('a new account', () => {
  it('can take the deployment: nothing is reserved, which AWS would refuse', () => {
    const functions = resourcesOf(usualTemplate, 'AWS::Lambda::Function', fn)
    for (const [, { ReservedConcurrentExecutions }] of functions) {
      expect(ReservedConcurrentExecutions).toBeUndefined()
    }
  })

  it('leaves most of its ten executions to what people wait for', () => {
    expect(queuesOf(usualTemplate)).toHaveLength(5)
    const most = (queue: string) => sourceOf(usualTemplate, queue)
    expect(most('StageQueue')).toMatchObject({
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 4 },
    })
    expect(most('MediaQueue')).toMatchObject({
      BatchSize: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    })
    // The least that AWS takes: an end is announced in an instant, a receiver has ten seconds.
    for (const queue of ['EndQueue', 'DeliveryQueue']) {
      expect(most(queue)).toMatchObject({ ScalingConfig: { MaximumConcurrency: 2 } })
    }
    // Many searches ahead of runs, in as few executions.
    expect(most('EarlyResearchQueue')).toMatchObject({
      BatchSize: 5,
      ScalingConfig: { MaximumConcurrency: 2 },
    })
    // As many runs as have a worker each.
    expect(defaultLimits.runsAtOnce.deployment).toBe(3)
  })

  it('is what an operator is warned of, and one with a larger quota is not', () => {
    const warnings = (concurrency: string | undefined) => {
      const stack = new Stack()
      warnOfSmallQuota(stack, capacityOf(concurrency, undefined).capacity)
      return stack.node.metadata.filter(({ type }) => type === 'aws:cdk:warning')
    }
    const [warning, ...others] = warnings(undefined)
    expect(others).toEqual([])
    expect(String(warning?.data)).toContain('LAMBDA_CONCURRENCY')
    expect(warnings('1000')).toEqual([])
  })
})

describe('an account of a thousand executions', () => {
  it('reserves some for streams, and gives stages and their limit more', async () => {
    const template = await synthesizeTemplate({
      environment: { LAMBDA_CONCURRENCY: '1000', LIMITS: 'turns.principal=5/60' },
      checks: false,
    })
    expect(resourceOf(template, 'Stream', fn).ReservedConcurrentExecutions).toBe(300)
    expect(sourceOf(template, 'StageQueue')?.ScalingConfig?.MaximumConcurrency).toBe(400)
    expect(sourceOf(template, 'MediaQueue')?.ScalingConfig?.MaximumConcurrency).toBe(50)
    const { Variables } = resourceOf(template, 'HttpChat', fn).Environment
    const limits = limitsWith(defaultLimits, String(Variables.LIMITS))
    expect(limits.runsAtOnce.deployment).toBe(399)
    expect(limits.rates.turns.principal).toEqual([{ max: 5, seconds: 60 }])
  })
})

it.each([10, 50, 100, 109, 110, 200, 1_000, 5_000])(
  'parts of %i executions fit into them, with what AWS keeps',
  (concurrency) => {
    const stages = stageWorkersOf(concurrency)
    const streams = streamReservationOf(concurrency) ?? 0
    expect(stages).toBeGreaterThanOrEqual(2)
    expect(stages).toBeLessThanOrEqual(1_000)
    expect(mediaWorkersOf(concurrency)).toBeGreaterThanOrEqual(2)
    expect(requestsAtOnce(concurrency)).toBeGreaterThanOrEqual(concurrency * 0.25)
    if (streams > 0) expect(concurrency - streams).toBeGreaterThanOrEqual(100)
    for (const kind of ['model', 'cheap'] as const) {
      // What the gateway lets through has executions, as long as it is more than one request a second.
      const { rateLimit } = throttleOf(concurrency, kind)
      const needed = rateLimit * usualSeconds[kind]
      expect(needed).toBeLessThanOrEqual(Math.max(requestsAtOnce(concurrency), usualSeconds[kind]))
    }
  },
)

it('routes that call a model have a throttle below that of all others', () => {
  const settings = httpStageOf(usualTemplate)
  const model = Object.values(routes).filter(
    (route) => kindOf(route) === 'model' && route.speaks !== 'events',
  )
  expect(Object.keys(settings?.RouteSettings ?? {}).sort()).toEqual(model.map(routeKey).sort())
  expect(model.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['/api/chat/session/{session_id}/message', '/api/launch/run']),
  )
  for (const { ThrottlingRateLimit } of Object.values(settings?.RouteSettings ?? {})) {
    expect(ThrottlingRateLimit).toBe(throttleOf(usualConcurrency, 'model').rateLimit)
    expect(ThrottlingRateLimit).toBeLessThan(
      settings?.DefaultRouteSettings.ThrottlingRateLimit ?? 0,
    )
  }
})

it('the stage is made after the routes that it names', () => {
  const [id] =
    Object.entries(usualTemplate.Resources).find(
      ([, { Type, Properties }]) =>
        Type === 'AWS::ApiGatewayV2::Stage' && Properties.StageName === '$default',
    ) ?? []
  const { DependsOn } = usualTemplate.Resources[id ?? ''] as { DependsOn?: string[] }
  const named = Object.keys(httpStageOf(usualTemplate)?.RouteSettings ?? {})
  const before = (DependsOn ?? []).map(
    (other) => usualTemplate.Resources[other]?.Properties.RouteKey,
  )
  expect(before).toEqual(expect.arrayContaining(named))
})

it.each([
  [{ LAMBDA_CONCURRENCY: '5' }, 'LAMBDA_CONCURRENCY is "5"'],
  [{ LAMBDA_CONCURRENCY: 'many' }, 'LAMBDA_CONCURRENCY is "many"'],
  [{ LIMITS: 'turns.principal=0/60' }, 'LIMITS holds "turns.principal=0/60"'],
  [{ LIMITS: 'turns.everybody=3/60' }, 'LIMITS holds "turns.everybody=3/60"'],
])('a wrong setting is refused by name: %o', async (environment, message) => {
  await expect(composeApp({ environment, checks: false })).rejects.toThrow(message)
})
