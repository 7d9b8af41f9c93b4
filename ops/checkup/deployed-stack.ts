import { checkupOutputs } from '../../lib/output-names.ts'
import { outputsInFile, outputsOfStack } from '../deployed-outputs.ts'
import { Failure } from '../failure.ts'

/** What the doctor needs of a deployed stack. */
export interface DeployedStack {
  name: string
  region: string
  checkupFunctionArn: string
  /** The concurrency that it was synthesized for; undefined when it does not say. */
  concurrency: number | undefined
}

interface Asked {
  /** A file that `cdk deploy --outputs-file` wrote. */
  file: string | undefined
  /** The stack's name: in that file, or in the account. */
  stack: string | undefined
}

/** The stack that is meant; undefined when none is. @throws WrongUsage, Failure */
export const deployedStack = async ({ file, stack }: Asked): Promise<DeployedStack | undefined> => {
  if (file === undefined && stack === undefined) return undefined
  const found = file === undefined ? await outputsOfStack(stack ?? '') : outputsInFile(file, stack)
  const { [checkupOutputs.functionArn]: arn = '', [checkupOutputs.concurrency]: sizedFor } =
    found.outputs
  const region = arn.split(':')[3]
  if (!region) {
    throw new Failure(
      `${found.stack} has no output ${checkupOutputs.functionArn}: it was deployed before there was a doctor for deployments. Deploy it again.`,
    )
  }
  const concurrency = Number(sizedFor)
  return {
    name: found.stack,
    region,
    checkupFunctionArn: arn,
    concurrency: Number.isInteger(concurrency) && concurrency > 0 ? concurrency : undefined,
  }
}
