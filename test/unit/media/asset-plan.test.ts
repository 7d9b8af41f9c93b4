import { describe, expect, it } from 'vitest'
import { AssetId } from '../../../shared/contracts/assets.ts'
import { AssetRequest } from '../../../shared/contracts/http/asset-routes.ts'
import type { Asset } from '../../../shared/repositories/media-work.ts'
import type { RunWithStages } from '../../../shared/repositories/run-output-repository.ts'
import { assetsOfRun } from '../../../shared/rules/media-limits.ts'
import type { AssetDraft } from '../../../shared/services/media/asset-draft.ts'
import { planAssets } from '../../../shared/services/media/asset-plan.ts'
import { assertNotTooMany } from '../../../shared/services/media/asset-request.ts'
import { sampleBrief, sampleCreative, sampleVoice } from '../../support/model-server/samples.ts'

const run = {
  run: { run_id: `run_${'0'.repeat(26)}`, locale: 'ko-KR', brief: sampleBrief },
  stages: { creative: { output: sampleCreative }, voice: { output: sampleVoice } },
} as unknown as RunWithStages

const plan = (request: object = {}, assets: readonly Asset[] = []): AssetDraft[] =>
  planAssets(run, AssetRequest.parse(request), assets)

let minute = 0
const made = (draft: AssetDraft | undefined, status: Asset['status'] = 'completed'): Asset => {
  minute += 1
  return { ...draft, status, created_at: new Date(minute * 60_000).toISOString() } as Asset
}

const ofType = (drafts: readonly AssetDraft[], type: string) =>
  drafts.filter(({ asset_type }) => asset_type === type)

describe('what a request for assets means', () => {
  it('is everything that follows from the channels, each behind what it is made from', () => {
    const drafts = plan()
    for (const [index, { asset_id, sources }] of drafts.entries()) {
      expect(AssetId.safeParse(asset_id).success).toBe(true)
      const before = drafts.slice(0, index).map((draft) => draft.asset_id)
      for (const source of sources) expect(before).toContain(source)
    }
    expect(new Set(drafts.map(({ placement }) => placement))).toEqual(
      new Set(['instagram_feed_4x5', 'instagram_reels_9x16', null]),
    )
    expect(ofType(drafts, 'narration')).toHaveLength(1)
  })

  it('is one film for all placements of one shape', () => {
    const placements = ['tiktok_9x16', 'youtube_shorts_9x16', 'youtube_16x9']
    const films = ofType(plan({ kinds: ['video'], placements }), 'video')
    expect(films.map(({ placement }) => placement)).toEqual(['tiktok_9x16', 'youtube_16x9'])
  })

  it('brings what is asked for along with what it is made from, and no more', () => {
    expect(plan({ kinds: ['subtitles'] }).map(({ asset_type }) => asset_type)).toEqual([
      'narration',
      'subtitles',
    ])
    const silent = plan({ kinds: ['video'], voice: { recording: 'none' } })
    expect(ofType(silent, 'narration')).toEqual([])
    expect(ofType(silent, 'video')).not.toEqual([])
  })

  it('is the same asset again, as long as nothing is wished to be different', () => {
    const first = plan({ kinds: ['poster'] })
    expect(plan({ kinds: ['poster'] })).toEqual(first)
    const assets = first.map((draft) => made(draft))
    expect(plan({ kinds: ['poster'] }, assets).map(({ asset_id }) => asset_id)).toEqual(
      first.map(({ asset_id }) => asset_id),
    )
  })

  it('is the newest version that was made, and its films follow it', () => {
    const all = plan()
    const assets = all.map((draft) => made(draft))
    const [poster] = ofType(all, 'poster')
    const [noted] = plan({ asset_id: poster?.asset_id, note: '더 밝게' }, assets)
    expect(noted).toMatchObject({
      replaces: poster?.asset_id,
      note: '더 밝게',
      existing: undefined,
    })
    const versions = [...assets, made(noted)]
    const again = plan({}, versions)
    expect(again.map(({ asset_id }) => asset_id)).toContain(noted?.asset_id)
    const film = ofType(again, 'video').find(({ placement }) => placement === poster?.placement)
    expect(film?.sources).toContain(noted?.asset_id)
    expect(film?.existing).toBeUndefined()
    // A version that failed counts for nothing.
    const failed = plan({}, [...assets, made(noted, 'failed')])
    expect(failed.every(({ existing }) => existing?.status === 'completed')).toBe(true)
  })

  it('keeps the voice that was chosen before, until another is wished for', () => {
    const calm = plan({ kinds: ['narration'], voice: { preset: 'calm_ko' } })
    const assets = calm.map((draft) => made(draft))
    expect(plan({ kinds: ['narration'] }, assets)[0]?.asset_id).toBe(calm[0]?.asset_id)
    const cute = plan({ kinds: ['narration'], voice: { preset: 'cute_ko' } }, assets)
    expect(cute[0]?.asset_id).not.toBe(calm[0]?.asset_id)
  })

  it('tries a failed narration again only as it is wished for now', () => {
    const [own] = plan({ kinds: ['narration'], voice: { preset: 'cute_ko', pace: 'fast' } })
    const failed = [made(own, 'failed')]
    const [usual] = plan({ kinds: ['narration'] }, failed)
    expect(usual?.asset_id).not.toBe(own?.asset_id)
    expect(usual?.settings.preset).toBeNull()
    const [same] = plan(
      { kinds: ['narration'], voice: { preset: 'cute_ko', pace: 'fast' } },
      failed,
    )
    expect(same?.existing?.asset_id).toBe(own?.asset_id)
    // One that failed as it is wished for now is not made a second time beside itself.
    const before = [...failed, made(usual, 'failed')]
    expect(plan({ kinds: ['narration'] }, before)[0]?.existing?.asset_id).toBe(usual?.asset_id)
  })

  it('is a film again with the voice that it had, though another was made since', () => {
    const calm = plan({ voice: { preset: 'calm_ko' } }).map((draft) => made(draft))
    const cute = plan({ kinds: ['narration'], voice: { preset: 'cute_ko' } }).map((draft) =>
      made(draft),
    )
    const film = calm.find(({ asset_type }) => asset_type === 'video')
    const again = plan({ asset_id: film?.asset_id, note: '더 밝게' }, [...calm, ...cute])
    expect(ofType(again, 'narration')[0]?.settings.preset).toBe('calm_ko')
    expect(ofType(again, 'video')[0]?.sources.toSorted()).toEqual(film?.sources.toSorted())
    const other = plan({ asset_id: film?.asset_id, voice: { preset: 'cute_ko' } }, [
      ...calm,
      ...cute,
    ])
    expect(ofType(other, 'narration')[0]?.settings.preset).toBe('cute_ko')
  })

  it.each([
    [{ kinds: ['video'], placements: ['naver_timeboard'] }, 'placements'],
    [{ kinds: ['narration'], voice: { recording: 'none' } }, 'voice.recording'],
    [{ kinds: ['narration'], voice: { preset: 'calm_en' } }, 'voice.preset'],
  ])('is refused, naming the field, when nothing could come of it: %j', (request, path) => {
    expect(() => plan(request)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        errors: [expect.objectContaining({ path })],
      }),
    )
  })

  it('leaves a run with as many assets as one answer can tell', () => {
    const [draft] = plan({ kinds: ['narration'] })
    const many = Array.from({ length: assetsOfRun }, () => made(draft))
    const narrations = (voice: object) => plan({ kinds: ['narration'], voice }, many)
    expect(() => assertNotTooMany(narrations({}), many)).not.toThrow()
    const another = narrations({ pace: 'slow' })
    expect(() => assertNotTooMany(another, many.slice(1))).not.toThrow()
    expect(() => assertNotTooMany(another, many)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    )
  })

  it('is refused where nothing has been written', () => {
    const unwritten = { ...run, stages: { creative: run.stages.creative } } as RunWithStages
    expect(planAssets(unwritten, {}, []).map(({ asset_type }) => asset_type)).not.toContain('video')
    const wanted = () => planAssets(unwritten, { kinds: ['narration'] }, [])
    expect(wanted).toThrow(expect.objectContaining({ code: 'RUN_NOT_READY' }))
    const nothing = () => planAssets({ ...run, stages: {} }, {}, [])
    expect(nothing).toThrow(expect.objectContaining({ code: 'RUN_NOT_READY' }))
  })
})
