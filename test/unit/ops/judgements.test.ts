import { describe, expect, it } from 'vitest'
import { judgeTurn, judgeVoiceTurn, judgeWork } from '../../../ops/judgements.ts'
import { parked, type Work } from '../../../shared/repositories/media-work.ts'

const now = Date.parse('2026-11-26T10:00:00.000Z')
const ago = (minutes: number): string => new Date(now - minutes * 60_000).toISOString()

const asset = (change: Partial<Work> = {}): Work => ({
  asset_id: 'asset_1',
  asset_type: 'video',
  run_id: 'run_1',
  session_id: 'sess_1',
  owner: 'user_1',
  locale: 'ko-KR',
  status: 'queued',
  job_id: 'job_1',
  job_ids: ['job_1', 'job_2'],
  placement: null,
  poster_spec_id: null,
  note: null,
  replaces: null,
  sources: [],
  settings: { preset: null, pace: null, recording: null, captions: true },
  stage: 'waiting',
  share: 0,
  attempt: 1,
  workers: 0,
  created_at: ago(90),
  updated_at: ago(1),
  ttl: 0,
  ...change,
})

const judged = (work: Work, requestedAt = ago(1), others: Work[] = []) =>
  judgeWork({ work, all: [work, ...others], requestedAt }, now)

describe('an open asset', () => {
  it('works while a worker holds it, its vendor works, or what it is made from is made', () => {
    const holding = {
      status: 'running',
      stage: 'rendering',
      share: 40,
      lease_until: now + 5_000,
    } as const
    expect(judged(asset({ ...holding, lease_id: 'lease_1' }))).toMatchObject({
      verdict: 'works',
      why: 'A worker makes it: rendering, 40%.',
      jobs: ['job_1', 'job_2'],
    })
    expect(judged(asset({ ...holding, lease_id: parked })).why).toContain('vendor')
    const poster = asset({ asset_id: 'asset_2', asset_type: 'poster' })
    expect(judged(asset({ sources: ['asset_2'] }), ago(50), [poster])).toMatchObject({
      verdict: 'works',
      why: 'It waits for what it is made from: asset_2.',
    })
  })

  it('without a worker is sent again by the next sweep, and after two of them stands still', () => {
    expect(judged(asset({ updated_at: ago(3) }))).toMatchObject({ verdict: 'next_sweep' })
    expect(judged(asset({ updated_at: ago(10) }))).toMatchObject({
      verdict: 'stands',
      why: expect.stringContaining('The sweeper comes once a minute'),
    })
  })

  it('that is sent again and again for half an hour stands still, however late it was asked for', () => {
    expect(judged(asset(), ago(5))).toMatchObject({ verdict: 'works' })
    expect(judged(asset(), ago(31))).toMatchObject({
      verdict: 'stands',
      next: expect.stringContaining('redrive media'),
    })
  })
})

describe('a turn that outlived its lease', () => {
  const session = (minutes: number) => ({
    session_id: 'sess_1',
    turn: 3,
    lease: { id: 'lease_1', until: now - minutes * 60_000 },
  })
  it('is ended by the next sweep, or overlooked', () => {
    expect(judgeTurn(session(1), now)).toMatchObject({ verdict: 'next_sweep', where: 'turn 3' })
    expect(judgeTurn(session(4), now)).toMatchObject({ verdict: 'stands' })
  })
})

describe('a voice turn', () => {
  const turn = (deadlineMinutes: number) => ({
    session_id: 'sess_1',
    turn: 3,
    owner: 'user_1',
    lease_id: 'lease_1',
    upload_id: 'upload_1',
    format: 'wav' as const,
    locale: 'ko-KR' as const,
    started_at: ago(3),
    deadline: now + deadlineMinutes * 60_000,
  })
  it('works until its deadline, then waits for a sweep, then stands still', () => {
    expect(judgeVoiceTurn(turn(1), now)).toMatchObject({ verdict: 'works' })
    expect(judgeVoiceTurn(turn(-1), now)).toMatchObject({ verdict: 'next_sweep' })
    expect(judgeVoiceTurn(turn(-9), now)).toMatchObject({ verdict: 'stands' })
  })
})
