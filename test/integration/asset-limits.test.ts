import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { placementIds } from '../../shared/contracts/assets.ts'
import { modelSettingNames as names } from '../../shared/platform/environment-names.ts'
import { pause } from '../../shared/platform/pause.ts'
import { assetsAtOnce } from '../../shared/rules/media-limits.ts'
import { generousLimits } from '../support/limits/generous-limits.ts'
import { limit } from '../support/limits/machine-speed.ts'
import { finishedRun } from '../support/media/asset-client.ts'
import { readLog } from '../support/studio/client.ts'
import { itemsIn } from '../support/studio/shared-studio.ts'
import { type Studio, startStudio } from '../support/studio/studio.ts'

/** As many as one request may take: the lowest that a deployment can set. One comes back every five seconds. */
const rate = { max: assetsAtOnce, seconds: 5 * assetsAtOnce }

let studio: Studio
beforeAll(async () => {
  studio = await startStudio({
    [names.imageModel]: 'gpt-image-scripted',
    LIMITS: `${generousLimits},assets.principal=${rate.max}/${rate.seconds}`,
  })
}, limit(60_000))
beforeEach(() => studio.model.reset())
afterAll(() => studio.stop())

const one = placementIds.slice(0, 1)
const refused = { status: 400, json: { error: { code: 'moderation_blocked', message: 'No.' } } }

it('assets above the limit are refused with the time to wait, and none of them is begun', {
  timeout: limit(60_000),
}, async () => {
  const { client, sessionId, runId, assetsOf } = await finishedRun(studio)
  const { images } = studio.model
  images.respond(() => refused)
  const ask = (placements: readonly string[]) => assetsOf.request({ kinds: ['poster'], placements })
  /** Has posters made that fail or are cancelled, until no more are accepted: each time they count anew. */
  const askUntilRefused = async (placements: readonly string[], most: number): Promise<number> => {
    for (let accepted = 0; accepted <= most; ) {
      const { status, body } = await ask(placements)
      if (status === 429) return accepted
      accepted += body.asset_ids.length
      await client.post(`/api/jobs/${body.job_id}/cancel`)
      await assetsOf.ended(body.job_id)
    }
    throw new Error('Nothing was refused.')
  }
  const state = async () => ({
    assets: await assetsOf.list(),
    jobs: (await client.get(`/api/jobs?run_id=${runId}`)).body,
    log: await readLog(client, sessionId),
    calls: images.calls.length,
    items: (await itemsIn(studio)).filter(({ PK }) => PK?.S?.includes(runId)),
  })
  const accepted =
    (await askUntilRefused(placementIds, 2 * rate.max)) + (await askUntilRefused(one, rate.max))
  expect(accepted).toBeGreaterThanOrEqual(rate.max)

  const before = await state()
  const again = [await ask(one), await ask(placementIds)]
  for (const { status, body, headers } of again) {
    expect([status, body]).toMatchObject([
      429,
      {
        error: { code: 'RATE_LIMITED', retryable: true },
        limit: { name: 'assets', scope: 'principal', max: rate.max, window_seconds: rate.seconds },
      },
    ])
    expect(headers.get('content-type')).toContain('application/problem+json')
    expect(Number(headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(rate.seconds)
  }
  expect(await state()).toEqual(before)

  // The time that was told is enough.
  await pause(1_000 * Number(again[0]?.headers.get('retry-after')))
  const last = await ask(one)
  expect(last.status).toBe(202)
  await assetsOf.ended(last.body.job_id)
  expect(images.calls).toHaveLength(before.calls + 1)
})
