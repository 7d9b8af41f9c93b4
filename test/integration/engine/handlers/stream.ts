import type { APIGatewayProxyEventV2 } from 'aws-lambda'

const megabyte = Buffer.alloc(1024 * 1024, 'x')
export const handler = awslambda.streamifyResponse<APIGatewayProxyEventV2>(
  async (event, stream) => {
    if (event.rawPath.endsWith('/refuse')) throw new Error('nothing was written')
    if (event.rawPath.endsWith('/plain')) {
      stream.setContentType('text/csv')
      stream.end('a,b')
      return
    }
    const out = awslambda.HttpResponseStream.from(stream, {
      statusCode: 202,
      headers: { 'content-type': 'text/event-stream' },
      cookies: ['seen=1'],
    })
    if (event.rawPath.endsWith('/abandon')) {
      out.on('error', () => {})
      for (let count = 0; count < 1000; count += 1) out.write('stale')
      throw new Error('much was still to be written')
    }
    if (event.rawPath.endsWith('/break')) {
      out.write('data: half')
      await new Promise((resolve) => setTimeout(resolve, 50))
      throw new Error('broke off')
    }
    if (event.rawPath.endsWith('/much')) {
      for (let written = 1; written <= 64; written += 1) {
        if (!out.write(megabyte)) await new Promise<void>((resolve) => out.once('drain', resolve))
        console.log(`written ${written}`)
      }
      out.end()
      return
    }
    out.write('data: first\n\n')
    await new Promise((resolve) => setTimeout(resolve, 300))
    out.end(`data: ${event.rawPath}\n\n`)
  },
)
