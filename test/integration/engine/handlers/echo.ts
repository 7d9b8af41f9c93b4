import type { APIGatewayProxyEventV2, Context } from 'aws-lambda'
import { isRecorded, record } from './record.ts'

const instance = crypto.randomUUID()
let active = 0
let mostActive = 0

/** Answers what the path asks for, and else with the event, the environment and the context. */
export const handler = async (event: APIGatewayProxyEventV2, context: Context): Promise<object> => {
  active += 1
  mostActive = Math.max(mostActive, active)
  try {
    return await answer(event, context)
  } finally {
    active -= 1
  }
}

const answer = async (event: APIGatewayProxyEventV2, context: Context): Promise<object> => {
  const [, , what] = event.rawPath.split('/')
  switch (event.rawPath.startsWith('/do/') && what) {
    case 'binary':
      return {
        statusCode: 201,
        headers: { 'Content-Type': 'image/png', 'X-Number': 7 },
        cookies: ['a=1; Path=/', 'b=2'],
        body: Buffer.from([0, 255, 1, 254]).toString('base64'),
        isBase64Encoded: true,
      }
    case 'throw':
      throw new TypeError('asked for it')
    case 'exit':
      process.exit(3)
      break
    case 'crash':
      setTimeout(() => {
        throw new RangeError('out of nowhere')
      })
      return await new Promise(() => {})
    case 'hang':
      return await new Promise(() => {})
    case 'wait':
      await new Promise((resolve) => setTimeout(resolve, 300))
      break
    case 'hold':
      await record('held', context.awsRequestId, { instance })
      while (!(await isRecorded('held', 'released'))) {
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      break
    case 'huge':
      return { statusCode: 200, body: 'x'.repeat(7 * 1024 * 1024) }
    case 'malformed':
      return { statusCode: 'many', body: '' }
  }
  console.log(`echo says hello to ${event.rawPath}`)
  return {
    event,
    instance,
    mostActive,
    context: {
      remaining: context.getRemainingTimeInMillis(),
      requestId: context.awsRequestId,
      functionName: context.functionName,
    },
    environment: process.env,
  }
}
