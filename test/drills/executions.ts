import * as z from 'zod'
import { signedHeaders } from '../../local/aws/signature.ts'
import type { Engine } from '../../local/engine.ts'
import type { SeenExecution } from './stand-ins.ts'

const seconds = z.number().transform((value) => value * 1000)
const pageSchema = z.object({
  executions: z.array(
    z.object({ status: z.string(), startDate: seconds, stopDate: seconds.nullish() }),
  ),
  nextToken: z.string().nullish(),
})

const call = async (engine: Engine, input: object): Promise<z.infer<typeof pageSchema>> => {
  const { sfn } = engine.endpoints
  const request = {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSStepFunctions.ListExecutions',
    },
    body: JSON.stringify(input),
  }
  const headers = await signedHeaders('states', sfn, request, engine.credentials)
  const answer = await fetch(sfn, { ...request, headers })
  if (!answer.ok) throw new Error(`ListExecutions answered ${answer.status}.`)
  return pageSchema.parse(await answer.json())
}

/** Every execution of the runs' state machine. */
export const listExecutions = async (engine: Engine): Promise<SeenExecution[]> => {
  const stateMachineArn = engine.resources.RunMachine
  const found: SeenExecution[] = []
  for (let nextToken: string | undefined; ; ) {
    const page = await call(engine, { stateMachineArn, ...(nextToken && { nextToken }) })
    found.push(
      ...page.executions.map(({ status, startDate, stopDate }) => ({
        status,
        startedAt: startDate,
        stoppedAt: stopDate ?? undefined,
      })),
    )
    if (!page.nextToken) return found
    nextToken = page.nextToken
  }
}
