import { describe, expect, it } from 'vitest'
import type { AssetEstimate, AssetView } from '../../../shared/client/contract.ts'
import { estimateRows, madeBy } from '../../../web/src/package/estimate-rows.ts'
import {
  aiLabelOf,
  galleryOf,
  isFresh,
  newestOf,
  withVersions,
} from '../../../web/src/package/gallery-order.ts'
import { requestOf, toggled, voiceRequest } from '../../../web/src/package/make-request.ts'

const asset = (fields: Partial<AssetView>): AssetView =>
  ({
    asset_type: 'poster',
    status: 'completed',
    placement: 'instagram_feed_4x5',
    poster_spec_id: 's1',
    replaces: null,
    created_at: '2026-11-26T00:00:00Z',
    files: [],
    ...fields,
  }) as AssetView

describe('the gallery', () => {
  it('shows the newest version of an asset, with the earlier ones behind it', () => {
    const list = [
      asset({ asset_id: 'a1' }),
      asset({ asset_id: 'a2', replaces: 'a1' }),
      asset({ asset_id: 'a3', replaces: 'a2' }),
      asset({ asset_id: 'b1', replaces: 'gone' }),
    ]
    const shown = withVersions(list).map((each) => [
      each.asset.asset_id,
      each.earlier.map(({ asset_id }) => asset_id),
    ])
    expect(shown).toEqual([
      ['a3', ['a2', 'a1']],
      ['b1', []],
    ])
  })

  it('sorts by placement, then by the order of the poster texts; sounds are elsewhere', () => {
    const groups = galleryOf(
      [
        asset({ asset_id: 'p2', poster_spec_id: 's2' }),
        asset({ asset_id: 'n', asset_type: 'narration', placement: null }),
        asset({ asset_id: 'v', asset_type: 'video', poster_spec_id: null }),
        asset({ asset_id: 'p1', poster_spec_id: 's1' }),
        asset({ asset_id: 'k', placement: 'kakao_link_preview' }),
      ],
      [{ id: 's1' }, { id: 's2' }] as Parameters<typeof galleryOf>[1],
    )
    expect(groups.map(({ placement }) => placement)).toEqual([
      'instagram_feed_4x5',
      'kakao_link_preview',
    ])
    expect(groups[0]?.posters.map((each) => each.asset.asset_id)).toEqual(['p1', 'p2'])
    expect(groups[0]?.films.map((each) => each.asset.asset_id)).toEqual(['v'])
  })

  it('prefers a finished narration to a newer one that failed', () => {
    const list = [
      asset({ asset_id: 'n1', asset_type: 'narration' }),
      asset({
        asset_id: 'n2',
        asset_type: 'narration',
        status: 'failed',
        created_at: '2026-11-26T01:00:00Z',
      }),
    ]
    expect(newestOf(list, 'narration')?.asset.asset_id).toBe('n1')
    expect(newestOf(list, 'subtitles')).toBeUndefined()
  })

  it('labels what a model made, also when only a part of the picture is', () => {
    const made = (origin: string, digital_source_type: string | null) =>
      aiLabelOf(asset({ provenance: { origin, digital_source_type } as AssetView['provenance'] }))
    expect(made('generated', null)).toBe('generated')
    expect(made('motion', 'http://x/compositeWithTrainedAlgorithmicMedia')).toBe(
      'contains_generated',
    )
    expect(made('recording', null)).toBe('recording')
    expect(made('composed', null)).toBe('none')
  })

  it('takes no link for good that expires while it is followed', () => {
    const now = Date.parse('2026-11-26T00:00:00Z')
    expect(isFresh('2026-11-26T00:15:00Z', now)).toBe(true)
    expect(isFresh('2026-11-26T00:00:10Z', now)).toBe(false)
  })
})

describe('what is asked for', () => {
  it('names the placements only where they are chosen, and nothing while nothing is wished', () => {
    const all = { kinds: ['poster', 'video'] as const, placements: null, captions: true }
    expect(requestOf(all)).toEqual({ kinds: ['poster', 'video'] })
    expect(requestOf({ ...all, placements: ['tiktok_9x16'], captions: false })).toEqual({
      kinds: ['poster', 'video'],
      placements: ['tiktok_9x16'],
      captions: false,
    })
    expect(requestOf({ ...all, placements: [] })).toBeNull()
    expect(requestOf({ ...all, kinds: [] })).toBeNull()
  })

  it('gives a recording neither preset nor pace', () => {
    const wish = { preset: 'calm_ko', pace: 'slow', recording: null } as const
    expect(voiceRequest(wish).voice).toEqual({ preset: 'calm_ko', pace: 'slow' })
    expect(voiceRequest({ ...wish, recording: 'upload_1' }).voice).toEqual({
      recording: 'upload_1',
    })
    expect(voiceRequest({ preset: null, pace: null, recording: null })).not.toHaveProperty('voice')
  })

  it('takes in and leaves out', () => {
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
  })
})

describe('an estimate', () => {
  const bought = (fields: object) => ({
    kind: 'image',
    provider: 'openai',
    model: 'gpt-image-1',
    bought: false,
    cost: { amount: 0.04, currency: 'USD', price_table: 't' },
    price_verified: true,
    ...fields,
  })
  const estimate = {
    assets: [
      {
        asset_type: 'video',
        exists: false,
        purchases: [],
        not_configured: null,
        over_cap: 'too dear',
      },
      { asset_type: 'poster', exists: false, purchases: [bought({})], not_configured: null },
      {
        asset_type: 'poster',
        exists: false,
        purchases: [bought({ bought: true }), bought({ price_verified: false })],
        not_configured: null,
      },
      { asset_type: 'poster', exists: true, purchases: [], not_configured: null },
      {
        asset_type: 'narration',
        exists: false,
        purchases: [bought({ cost: null, price_verified: false })],
        not_configured: 'Set a key.',
      },
    ],
  } as unknown as AssetEstimate

  it('says by kind what is made, by which model, for how much, and which prices are doubtful', () => {
    const rows = estimateRows(estimate)
    expect(rows.map(({ type }) => type)).toEqual(['poster', 'narration', 'video'])
    expect(rows[0]).toMatchObject({
      made: 2,
      exists: 1,
      vendors: ['openai · gpt-image-1'],
      unverified: true,
      withoutPrice: false,
    })
    expect(rows[0]?.amount).toBeCloseTo(0.08)
    expect(rows[1]).toMatchObject({
      withoutPrice: true,
      unverified: false,
      obstacles: ['Set a key.'],
    })
    expect(rows[2]?.obstacles).toEqual(['too dear'])
  })

  it('counts only what would really be made', () => {
    expect(madeBy(estimate)).toBe(2)
  })
})
