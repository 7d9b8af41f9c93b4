import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { checkHeader } from '../../../local/aws/signature.ts'
import { credentials, partition } from '../../../local/template/partition.ts'

/** A value, or the type of the error that Systems Manager answers with. */
export type ParameterAnswer = { value: string } | { refused: string; status?: number }

export interface ParameterServer {
  /** What a function needs in its environment to ask this server. */
  environment: Readonly<Record<string, string>>
  /** The operation and the body of each request whose signature was right. */
  asked: { operation: unknown; body: unknown }[]
  stop(): Promise<void>
}

/** GetParameter of Systems Manager; it refuses what is not signed for `ssm`. */
export const startParameterServer = async (
  answer: () => ParameterAnswer,
): Promise<ParameterServer> => {
  const asked: ParameterServer['asked'] = []
  const server = createServer(async (request, response) => {
    const { method = '', url = '', headers } = request
    const body = await buffer(request)
    const refuse = (status: number, type: string) =>
      response.writeHead(status).end(JSON.stringify({ __type: `com.amazonaws.ssm#${type}` }))
    try {
      await checkHeader({ method, url, headers }, body)
    } catch {
      refuse(400, 'InvalidSignatureException')
      return
    }
    asked.push({ operation: headers['x-amz-target'], body: JSON.parse(String(body)) })
    const given = answer()
    if ('refused' in given) refuse(given.status ?? 400, given.refused)
    else response.end(JSON.stringify({ Parameter: { Value: given.value } }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    environment: {
      AWS_ENDPOINT_URL_SSM: `http://127.0.0.1:${port}`,
      AWS_REGION: partition.region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    },
    asked,
    async stop() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
