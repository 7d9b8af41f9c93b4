import { readFileSync } from 'node:fs'
import * as z from 'zod'
import { Failure, WrongUsage } from './failure.ts'

interface StackOutputs {
  /** Its name. */
  stack: string
  outputs: Readonly<Record<string, string>>
}

const outputsFileSchema = z.record(z.string(), z.record(z.string(), z.string()))

const readOutputs = (file: string): z.infer<typeof outputsFileSchema> => {
  try {
    return outputsFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (cause) {
    throw new Failure(
      `${file} holds no outputs. Write it with cdk deploy --outputs-file ${file}. (${cause instanceof z.ZodError ? 'It is JSON of another shape.' : String(cause)})`,
      { cause },
    )
  }
}

/** The outputs in a file of `cdk deploy --outputs-file`. @throws WrongUsage, Failure */
export const outputsInFile = (file: string, stack: string | undefined): StackOutputs => {
  const stacks = readOutputs(file)
  const names = Object.keys(stacks)
  const listed = names.join(', ') || 'no stack'
  const named = stack ?? (names.length === 1 ? names[0] : undefined)
  if (named === undefined) {
    throw new WrongUsage(`${file} holds ${listed}: name one of them with --stack.`)
  }
  const outputs = stacks[named]
  if (!outputs) {
    throw new Failure(`${file} holds ${listed}, and no ${named}: name one of them with --stack.`)
  }
  return { stack: named, outputs }
}

/** The outputs of a stack of the account, by the usual chain of credentials. @throws Failure */
export const outputsOfStack = async (stack: string): Promise<StackOutputs> => {
  const { CloudFormationClient, DescribeStacksCommand } = await import(
    '@aws-sdk/client-cloudformation'
  )
  const client = new CloudFormationClient({})
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }))
    const outputs = Object.fromEntries(
      (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [
        OutputKey,
        OutputValue,
      ]),
    )
    return { stack, outputs }
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new Failure(`The stack ${stack} cannot be read. CloudFormation said: ${reason}`, {
      cause,
    })
  } finally {
    client.destroy()
  }
}
