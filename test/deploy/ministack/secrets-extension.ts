import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { AwsApi } from './aws-api.ts'

export interface SecretsExtension {
  port: number
  /** Parameters that functions have read through it. */
  read: ReadonlySet<string>
  stop(): Promise<void>
}

/** Stands in for AWS's Parameters and Secrets extension: answers from the emulator's own parameters. */
export const startSecretsExtension = async (aws: AwsApi): Promise<SecretsExtension> => {
  const read = new Set<string>()
  const server = createServer(async (request, response) => {
    const name = new URL(request.url ?? '/', 'http://localhost').searchParams.get('name') ?? ''
    try {
      const answer = await aws.json<object>('ssm', 'AmazonSSM.GetParameter', {
        Name: name,
        WithDecryption: true,
      })
      read.add(name)
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    } catch {
      response.writeHead(400).end()
    }
  })
  // As the extension: on the loopback interface, by the name `localhost`.
  server.listen(0, 'localhost')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    read,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
