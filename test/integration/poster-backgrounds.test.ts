import { expect, it } from 'vitest'
import { decodePicture } from '../../shared/platform/pictures/decode-picture.ts'
import { photo, seenBy, showPicture } from '../support/pictures/picture-turns.ts'
import { type Client, waitForEvent } from '../support/studio/client.ts'
import { useStudio } from '../support/studio/shared-studio.ts'
import { readySession, scriptRun } from '../support/studio/studio.ts'

const studio = useStudio()

/** A finished run of a product with a picture. */
const finishedRun = async () => {
  const { client, sessionId } = await readySession(studio)
  studio.model.script('picture', (call) => seenBy(call, { next_question: null }))
  const { body: picture } = await showPicture(client, sessionId, await photo(800, 600))
  scriptRun(studio.model)
  const { body } = await client.post(`/api/runs/${sessionId}/generate`)
  const { seq, type } = await waitForEvent(client, sessionId, (event) =>
    ['run.completed', 'error'].includes(event.type),
  )
  expect(type).toBe('run.completed')
  return { client, sessionId, runId: body.run_id as string, picture, seq }
}

/** Has posters made for a placement, and waits until the first has ended. */
const poster = async (
  { client, sessionId, runId }: { client: Client; sessionId: string; runId: string },
  placement: string,
  after: number,
) => {
  const path = `/api/runs/${runId}/assets/generate/async`
  const { status } = await client.post(path, { kinds: ['poster'], placements: [placement] })
  expect(status).toBe(202)
  return waitForEvent(
    client,
    sessionId,
    ({ type }) => type === 'asset.ready' || type === 'asset.failed',
    after,
  )
}

it('a poster is an edit of the product’s picture, which is paid for once', async () => {
  const run = await finishedRun()
  const { data } = await poster(run, 'instagram_feed_1x1', run.seq)
  const { body } = await run.client.get((data as { url: string }).url)
  expect(body).toMatchObject({ status: 'completed', error: null })
  const file = await (await fetch(body.files[0].url)).arrayBuffer()
  const { picture } = await decodePicture(new Uint8Array(file))
  expect([picture.width, picture.height]).toEqual([1080, 1080])
  const [call, ...others] = studio.model.images.calls
  expect(others).toEqual([])
  expect(call).toMatchObject({ path: 'edits', fields: { size: '1024x1024' } })
  const kept = new Uint8Array(await (await fetch(run.picture.image_url)).arrayBuffer())
  expect(call?.reference?.bytes).toEqual(kept)
  // The look of the product is data in the prompt, fenced.
  expect(call?.fields.prompt).toContain(`"product_look":"${run.picture.image_summary}"`)
  expect(studio.model.images.charges()).toBe(1)
}, 120_000)

it('a refusal ends the poster that it is about, after one call, and says whose it is', async () => {
  const run = await finishedRun()
  studio.model.images.script({
    status: 400,
    json: { error: { code: 'moderation_blocked', message: 'Your request was rejected.' } },
  })
  const failed = await poster(run, 'instagram_feed_4x5', run.seq)
  expect(failed).toMatchObject({
    type: 'asset.failed',
    data: { code: 'MODEL_REFUSED', retryable: false, stage: 'buying' },
  })
  expect(JSON.stringify(failed.data)).toContain('The server of pictures said')
  expect(studio.model.images.calls).toHaveLength(1)
}, 120_000)
