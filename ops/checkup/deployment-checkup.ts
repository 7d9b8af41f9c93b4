import { GetAccountSettingsCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { GetServiceQuotaCommand, ServiceQuotasClient } from '@aws-sdk/client-service-quotas'
import * as z from 'zod'
import { throttleOf } from '../../shared/rules/capacity.ts'
import { checkupAreas, severities } from '../../shared/rules/checkup/finding-kinds.ts'
import {
  type DescribedFinding,
  describeFinding,
  type Finding,
} from '../../shared/rules/checkup/findings.ts'
import { judgeQuota } from '../../shared/rules/checkup/quotas.ts'
import { functionMs } from '../../shared/rules/time-budgets.ts'
import type { DeployedStack } from './deployed-stack.ts'

/** What the daily function answers; another version may know other codes. */
const Answer = z.object({
  findings: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(severities),
      area: z.enum(checkupAreas),
      subject: z.string(),
      found: z.string(),
      action: z.string(),
      daysLeft: z.number().exactOptional(),
    }),
  ),
})

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  return error.message === '' || error.message === error.name
    ? error.name
    : `${error.name}: ${error.message}`
}

const unreachable = (stack: DeployedStack, found: string): DescribedFinding[] => [
  describeFinding({ code: 'DEPLOYMENT_UNREACHABLE', subject: stack.name, found }),
]

const invoke = async (client: LambdaClient, stack: DeployedStack): Promise<DescribedFinding[]> => {
  try {
    const { Payload, FunctionError } = await client.send(
      new InvokeCommand({ FunctionName: stack.checkupFunctionArn, Payload: '{}' }),
      { abortSignal: AbortSignal.timeout(functionMs.checkup + 10_000) },
    )
    if (FunctionError !== undefined)
      return unreachable(stack, `the function failed: ${FunctionError}`)
    const text = new TextDecoder().decode(Payload)
    return Answer.parse(JSON.parse(text)).findings
  } catch (error) {
    return unreachable(stack, reasonOf(error))
  }
}

/** A quota as the account has it, or why it cannot be read. */
const read = async (
  value: () => Promise<number | undefined>,
): Promise<{ allowed: number | undefined; reason?: string }> => {
  try {
    return { allowed: await value() }
  } catch (error) {
    return { allowed: undefined, reason: reasonOf(error) }
  }
}

/** Requests a second that one route may take at most, which the quota of the account has to allow. */
const routeRate = (concurrency: number): number => throttleOf(concurrency, 'cheap').rateLimit

/** API Gateway's "Throttle rate", requests a second of the account in one region. */
const gatewayQuota = { ServiceCode: 'apigateway', QuotaCode: 'L-8A5B8E43' } as const

const quotas = async (lambda: LambdaClient, stack: DeployedStack): Promise<Finding[]> => {
  const serviceQuotas = new ServiceQuotasClient({ region: stack.region, maxAttempts: 2 })
  try {
    const [executions, requests] = await Promise.all([
      read(async () => {
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}))
        return AccountLimit?.ConcurrentExecutions
      }),
      read(async () => {
        const { Quota } = await serviceQuotas.send(new GetServiceQuotaCommand(gatewayQuota))
        return Quota?.Value
      }),
    ])
    const { concurrency } = stack
    const needed = concurrency === undefined ? undefined : routeRate(concurrency)
    const gateway = judgeQuota({ name: 'API Gateway requests/s', needed, ...requests })
    return [
      judgeQuota({ name: 'Lambda concurrency', needed: concurrency, ...executions }),
      // More requests than one route takes is as it should be: there are many.
      gateway.code === 'QUOTA_UNUSED' ? { ...gateway, code: 'QUOTA_READY' } : gateway,
    ]
  } finally {
    serviceQuotas.destroy()
  }
}

/** What the deployment's daily function finds now, and the account's quotas. Never rejects. */
export const deploymentCheckup = async (stack: DeployedStack): Promise<DescribedFinding[]> => {
  // The function is not asked twice: a second checkup would only ask everything again.
  const invoker = new LambdaClient({ region: stack.region, maxAttempts: 1 })
  const lambda = new LambdaClient({ region: stack.region, maxAttempts: 2 })
  try {
    const [findings, allowed] = await Promise.all([invoke(invoker, stack), quotas(lambda, stack)])
    return [...findings, ...allowed.map(describeFinding)]
  } finally {
    invoker.destroy()
    lambda.destroy()
  }
}
