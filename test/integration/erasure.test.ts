import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { modelSettingNames as names } from '../../shared/platform/environment-names.ts'
import { speech } from '../support/audio/recordings.ts'
import { mediaOf, speak } from '../support/audio/voice-turns.ts'
import { startSession } from '../support/studio/client.ts'
import { plannerAnswer, type Studio, startStudio } from '../support/studio/studio.ts'

/** Stands between the functions and the bucket, and refuses what deletes while it is told to. */
const startBucketDoor = async () => {
  let target: URL | undefined
  const door = { refuses: false, refused: 0 }
  const server = createServer((incoming, answer) => {
    const isDelete = incoming.method === 'POST' && /[?&]delete\b/.test(incoming.url ?? '')
    if (door.refuses && isDelete) {
      door.refused += 1
      incoming.resume()
      answer.writeHead(503, { 'content-type': 'application/xml' })
      answer.end('<Error><Code>ServiceUnavailable</Code><Message>Later.</Message></Error>')
      return
    }
    const { method, headers, url } = incoming
    const forwarded = request(
      { host: target?.hostname, port: target?.port, method, headers, path: url },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(answer)
      },
    )
    forwarded.on('error', () => answer.destroy())
    incoming.pipe(forwarded)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    door,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo: (endpoint: string) => {
      target = new URL(endpoint)
    },
    close: () => server.close(),
  }
}

let bucket: Awaited<ReturnType<typeof startBucketDoor>>
let studio: Studio
beforeAll(async () => {
  bucket = await startBucketDoor()
  studio = await startStudio({ AWS_ENDPOINT_URL_S3: bucket.url, [names.sttProvider]: 'openai' })
  bucket.leadTo(studio.engine.endpoints.s3)
})
afterAll(async () => {
  await studio.stop()
  bucket.close()
})

it('an erasure during which the bucket fails says so, and completes when it is repeated', async () => {
  const { client, sessionId } = await startSession(studio.origin)
  studio.model.transcription.respond(() => ({
    kind: 'made',
    contentType: 'application/json',
    content: '{"text":"곧 지워 주세요."}',
  }))
  studio.model.script('planner', plannerAnswer([]))
  await speak(client, sessionId, await speech('곧 지워 주세요.', 'webm-recorded'))
  expect(await mediaOf(studio.engine, sessionId)).toHaveLength(1)

  const path = `/api/chat/session/${sessionId}`
  bucket.door.refuses = true
  const failed = await client.delete(path)
  expect(failed).toMatchObject({
    status: 502,
    body: { error: { code: 'UPSTREAM_ERROR', retryable: true } },
  })
  expect(bucket.door.refused).toBeGreaterThan(0)
  // For everything else the session is gone.
  expect((await client.get(path)).status).toBe(404)
  expect((await client.post(`${path}/message`, { message: '아직 있나요?' })).status).toBe(404)
  expect((await client.delete(path)).status).toBe(502)

  bucket.door.refuses = false
  const other = await startSession(studio.origin)
  expect((await other.client.delete(path)).status).toBe(404)
  expect((await client.delete(path)).status).toBe(204)
  expect(await mediaOf(studio.engine, sessionId)).toEqual([])
  expect((await client.delete(path)).status).toBe(404)
})
