import { readFile } from 'node:fs/promises'
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation'
import * as z from 'zod'

/** What the doctor needs of a deployed stack. */
export interface DeployedStack {
  name: string
  region: string
  checkupFunctionArn: string
  /** The concurrency that it was synthesized for; undefined when it does not say. */
  concurrency: number | undefined
}

/** What `cdk deploy --outputs-file` writes. */
const OutputsFile = z.record(z.string(), z.record(z.string(), z.string()))

/** The deployment cannot be found; the message says what was looked for. */
export class StackNotFound extends Error {
  override readonly name = 'StackNotFound'
}

const stackOf = (name: string, outputs: Readonly<Record<string, string>>): DeployedStack => {
  const { CheckupFunctionArn: arn = '', LambdaConcurrency } = outputs
  const region = arn.split(':')[3]
  if (!region) {
    throw new StackNotFound(
      `${name} has no output CheckupFunctionArn: it was deployed before there was a doctor for deployments. Deploy it again.`,
    )
  }
  const concurrency = Number(LambdaConcurrency)
  return {
    name,
    region,
    checkupFunctionArn: arn,
    concurrency: Number.isInteger(concurrency) && concurrency > 0 ? concurrency : undefined,
  }
}

/** The stack of an outputs file, which may hold several. @throws StackNotFound, or the error of the file system */
export const stackInFile = async (
  path: string,
  name: string | undefined,
): Promise<DeployedStack> => {
  const stacks = OutputsFile.safeParse(parsed(await readFile(path, 'utf8'))).data
  if (stacks === undefined) {
    throw new StackNotFound(`${path} is not what cdk deploy --outputs-file writes.`)
  }
  const [first, ...others] = Object.keys(stacks)
  const chosen = name ?? (others.length === 0 ? first : undefined)
  const outputs = chosen === undefined ? undefined : stacks[chosen]
  if (chosen === undefined || outputs === undefined) {
    const names = Object.keys(stacks).join(', ') || 'no stack'
    throw new StackNotFound(`${path} holds ${names}: name one of them with --stack.`)
  }
  return stackOf(chosen, outputs)
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The stack as CloudFormation knows it, in the region of the environment. @throws StackNotFound */
export const stackInAccount = async (name: string): Promise<DeployedStack> => {
  const client = new CloudFormationClient({ maxAttempts: 2 })
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }))
    const outputs = (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
      OutputKey,
      OutputValue,
    ])
    return stackOf(name, Object.fromEntries(outputs))
  } catch (error) {
    if (error instanceof StackNotFound) throw error
    const reason = error instanceof Error ? error.message : String(error)
    throw new StackNotFound(`CloudFormation does not describe ${name}: ${reason}`)
  } finally {
    client.destroy()
  }
}
