import { request } from 'node:http'

/** The status of a GET with headers that `fetch` does not send, such as another host. */
export const statusOf = (url: string, headers: Record<string, string>): Promise<number> =>
  new Promise((resolve, reject) => {
    request(url, { headers, agent: false }, (answer) => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
      answer.on('error', reject)
    })
      .on('error', reject)
      .end()
  })
