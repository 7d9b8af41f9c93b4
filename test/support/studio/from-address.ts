import { request } from 'node:http'
import type { Answer } from './client.ts'

/** A caller at a network address of its own: every address of 127.0.0.0/8 is this machine's. */
export const postFrom = (
  localAddress: string,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        localAddress,
        agent: false,
        headers: { 'content-type': 'application/json', ...headers },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', reject)
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString()
          resolve({
            status: response.statusCode ?? 0,
            headers: new Headers(
              Object.entries(response.headersDistinct).map(([name, values]): [string, string] => [
                name,
                (values ?? []).join(', '),
              ]),
            ),
            body: text === '' ? undefined : JSON.parse(text),
          })
        })
      },
    )
    outgoing.on('error', reject)
    outgoing.end(JSON.stringify(body))
  })
