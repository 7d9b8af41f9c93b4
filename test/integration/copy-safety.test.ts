import { describe, expect, it } from 'vitest'
import type { CreativeOutput } from '../../shared/contracts/agents.ts'
import { CopyCheck } from '../../shared/contracts/copy-safety.ts'
import type { StudioEvent } from '../../shared/contracts/events.ts'
import { RunView } from '../../shared/contracts/runs.ts'
import { eventually } from '../support/limits/eventually.ts'
import { answers } from '../support/model-server/answers.ts'
import type { Asker } from '../support/model-server/model-server.ts'
import { moderationOf } from '../support/model-server/moderation.ts'
import {
  sampleCreative,
  sampleFindings,
  sampleResearch,
  sampleStrategy,
  sampleVoice,
} from '../support/model-server/samples.ts'
import { type Client, readLog, startSession, waitForEvent } from '../support/studio/client.ts'
import { type StudioKind, useStudio } from '../support/studio/shared-studio.ts'
import { completeUpdates, plannerAnswer, readySession } from '../support/studio/studio.ts'

const unlawful = '100% 완치! 세계 최고 1위'
const words = /완치/

const copies = (texts: Record<string, string>): CreativeOutput => ({
  ...sampleCreative,
  ad_copies: sampleCreative.ad_copies.map((copy) => ({
    ...copy,
    text: texts[copy.id] ?? copy.text,
  })),
})

/** A studio of this kind, and a run in it whose model writes what a test says. */
const runsIn = (kind: StudioKind) => {
  const studio = useStudio(kind)
  const written = (more: Partial<Record<Asker, object>>) => {
    const { text, citations, sources } = sampleFindings
    const all = {
      research: sampleResearch,
      strategy: sampleStrategy,
      creative: sampleCreative,
      voice: sampleVoice,
      ...more,
    } as Partial<Record<Asker, object>>
    studio.model.respond(({ asker }) =>
      asker === 'search'
        ? answers.search(text, { citations, sources })
        : answers.json(all[asker] ?? {}),
    )
  }
  const start = async () => {
    const { client, sessionId } = await readySession(studio)
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    return { client, sessionId, runId: body.run_id as string }
  }
  return { studio, written, start }
}

type Started = { client: Client; sessionId: string; runId: string }

const viewOf = async ({ client, runId }: Started): Promise<RunView> =>
  RunView.parse((await client.get(`/api/runs/${runId}`)).body)

const endOf = ({ client, sessionId }: Started): Promise<StudioEvent> =>
  waitForEvent(client, sessionId, ({ type }) => type === 'run.completed' || type === 'error')

const { studio, written, start } = runsIn('usual')
const logOf = ({ client, sessionId }: Started) => readLog(client, sessionId)

describe('a copy that may not go out', () => {
  it('is written again, and never seen by anyone', async () => {
    const c2 = { ...sampleCreative.ad_copies[1], text: '건조한 손에 부드럽게 스며요.' }
    written({
      creative: copies({ c2: unlawful }),
      creative_repair: {
        schema_version: 'v1',
        agent: 'creative',
        ad_copies: [{ ref: 'r1', item: c2 }],
      },
    })
    const run = await start()
    expect((await endOf(run)).type).toBe('run.completed')
    const view = await viewOf(run)
    expect(view.state).toBe('DONE')
    expect(view.creative_assets).toEqual(copies({ c2: c2.text }))
    expect(view.copy_rejected).toEqual([])
    expect(view.copy_safety).toMatchObject({
      product_types: ['cosmetics'],
      moderation: 'not_configured',
      pack_version: expect.stringMatching(/^\d{4}-/),
    })
    const where = view.copy_safety?.verdicts.map((verdict) => verdict.where) ?? []
    expect(where).toEqual(
      expect.arrayContaining([
        'positioning_options.p1',
        'weekly_plan.0',
        'ad_copies.c2',
        'poster_specs.s1',
        'video_prompt_package',
        'voiceover_script_short',
        'timing_map',
        'subtitle_lines',
      ]),
    )
    expect(view.usage.agents.creative?.calls).toBe(4)
    expect(view.provenance.creative?.repaired_by).toHaveLength(1)
    const log = await logOf(run)
    expect(JSON.stringify(log)).not.toMatch(words)
    const shown = log.filter(({ type }) => type === 'creative.delta')
    for (const { data } of shown) expect(data).toHaveProperty('copy_safety.verdict', 'ok')
  })

  it('and again is left out: the package reports it, and the rest is delivered', async () => {
    written({ creative: copies({ c2: unlawful }), creative_repair: copies({ c2: unlawful }) })
    const run = await start()
    expect((await endOf(run)).type).toBe('run.completed')
    const { copy_rejected, ...rest } = await viewOf(run)
    expect(copy_rejected).toEqual([
      {
        text: unlawful,
        rule: expect.any(String),
        law: expect.stringContaining('화장품법'),
        where: 'ad_copies.c2',
      },
    ])
    expect(JSON.stringify(rest)).not.toMatch(words)
    expect(rest.creative_assets?.ad_copies).toHaveLength(5)
    expect(JSON.stringify(await logOf(run))).not.toMatch(words)
  })

  it('fails the stage when too few are left, with rules and laws, and the run goes on from there', async () => {
    const two = copies({ c1: unlawful, c2: unlawful })
    written({ creative: two, creative_repair: two })
    const run = await start()
    const error = await endOf(run)
    expect(error).toMatchObject({
      type: 'error',
      data: {
        code: 'COPY_SAFETY_REJECTED',
        stage: 'creative',
        resume_from: 'creative',
        errors: [
          { path: 'ad_copies.c1', message: expect.stringContaining('화장품법') },
          { path: 'ad_copies.c2' },
        ],
        detail: expect.stringContaining('화장품법'),
      },
    })
    await eventually(async () => {
      const failed = await viewOf(run)
      expect(failed).toMatchObject({
        state: 'FAILED',
        error: { code: 'COPY_SAFETY_REJECTED', errors: [{}, {}] },
        copy_rejected: [{ text: unlawful }, { text: unlawful }],
        creative_assets: null,
      })
      // Lawful elements are kept.
      expect(failed.partial?.elements.map(({ kind }) => kind)).toContain('ad_copies')
      expect(JSON.stringify(failed.partial)).not.toMatch(words)
    })
    expect(JSON.stringify(await logOf(run))).not.toMatch(words)

    written({})
    const after = (await logOf(run)).at(-1)?.seq ?? 0
    await run.client.post(`/api/runs/${run.runId}/resume`)
    const { client, sessionId } = run
    await waitForEvent(client, sessionId, ({ type }) => type === 'run.completed', after)
    expect(await viewOf(run)).toMatchObject({ state: 'DONE', copy_rejected: [], error: null })
  })

  it('fails the stage when it is the script', async () => {
    const voice = { ...sampleVoice, voiceover_script_short: '아토피 완치, 지금 만나 보세요.' }
    written({ voice, voice_repair: voice })
    const run = await start()
    expect(await endOf(run)).toMatchObject({
      data: { code: 'COPY_SAFETY_REJECTED', stage: 'voice', resume_from: 'voice' },
    })
    expect(JSON.stringify(await logOf(run))).not.toMatch(words)
    // A resumed stage starts anew; the verdicts of those before it stand.
    const { copy_safety } = await viewOf(run)
    expect(copy_safety?.verdicts.map(({ where }) => where)).toContain('ad_copies.c1')
  })
})

describe('a copy that needs proof', () => {
  const claim = '미백에 도움을 주는 크림'
  const run = async (source: 'user' | 'suggested') => {
    written({ creative: copies({ c1: claim }) })
    const { client, sessionId } = await startSession(studio.origin)
    const features = ['미백 기능성화장품 심사 완료', '끈적임 없음', '30ml']
    studio.model.script(
      'planner',
      plannerAnswer(
        completeUpdates.map((update) =>
          update.path === 'product.features' ? { ...update, value: features, source } : update,
        ),
        '다 됐어요.',
        null,
      ),
    )
    await client.post(`/api/chat/session/${sessionId}/message`, { message: '전부 알려 드려요' })
    const { body } = await client.post(`/api/runs/${sessionId}/generate`)
    const started = { client, sessionId, runId: body.run_id as string }
    expect((await endOf(started)).type).toBe('run.completed')
    const view = await viewOf(started)
    const log = await logOf(started)
    return {
      text: view.creative_assets?.ad_copies[0]?.text,
      verdict: view.copy_safety?.verdicts.find(({ where }) => where === 'ad_copies.c1'),
      shown: log.find(({ type }) => type === 'creative.delta')?.data,
    }
  }

  it('is delivered with what would allow it, in the package and in its event', async () => {
    expect(await run('suggested')).toMatchObject({
      text: claim,
      verdict: {
        verdict: 'needs_evidence',
        findings: [{ rule: 'cosmetics.functional.whitening', allowed_by: expect.any(String) }],
      },
      shown: {
        copy_safety: { verdict: 'needs_evidence', rules: ['cosmetics.functional.whitening'] },
      },
    })
  })

  it('is cleared by what the user said of the product', async () => {
    expect(await run('user')).toMatchObject({
      text: claim,
      verdict: { verdict: 'ok', findings: [] },
      shown: { copy_safety: { verdict: 'ok', rules: [] } },
    })
  })
})

describe('POST /api/safety/check', () => {
  const check = async (body: object) => {
    const { client } = await startSession(studio.origin)
    return client.post('/api/safety/check', body)
  }

  it('judges one text for a product, in the language that is asked for', async () => {
    const { status, body } = await check({ text: unlawful, product_category: '핸드크림' })
    expect(status).toBe(200)
    expect(CopyCheck.parse(body)).toMatchObject({
      verdict: 'blocked',
      product_types: ['cosmetics'],
      moderation: 'not_configured',
    })
    const blocking = (answer: { findings: { match: string; law: string }[] }) =>
      answer.findings.find(({ match }) => words.test(match))
    expect(blocking(body)?.law).toContain('화장품법')
    const english = await check({
      text: unlawful,
      product_category: 'hand cream',
      locale: 'en-US',
    })
    expect(blocking(english.body)?.law).toContain('Cosmetics Act')
    const good = await check({ text: '바르고 바로 타자.', product_category: '핸드크림' })
    expect(good.body).toMatchObject({ verdict: 'ok', findings: [] })
  })

  it('takes an unknown product for the strictest, and an unknown language for unjudged', async () => {
    const { body } = await check({ text: 'これで肌が治ります', product_category: '이것저것' })
    expect(body.verdict).toBe('unjudged')
    expect(body.product_types.length).toBeGreaterThan(4)
  })

  it.each([
    ['no text', { product_category: '크림' }, 422],
    ['no category', { text: '안녕' }, 422],
    ['too long a text', { text: '가'.repeat(3001), product_category: '크림' }, 422],
    ['another field', { text: '안녕', product_category: '크림', note: 'x' }, 422],
  ])('refuses %s', async (_, body, status) => {
    expect((await check(body)).status).toBe(status)
  })

  it('needs a token', async () => {
    const { client } = await startSession(studio.origin)
    client.token = undefined
    const body = { text: '안녕', product_category: '크림' }
    expect((await client.post('/api/safety/check', body)).status).toBe(401)
  })
})

describe('with moderation', () => {
  const moderated = runsIn('other voices')

  it('what it flags is blocked under its category', async () => {
    const { studio: other } = moderated
    moderated.written({ creative_repair: sampleCreative })
    other.model.moderation.respond((call) =>
      moderationOf(call, (text) => (text.includes('동백뿐') ? ['hate/threatening'] : [])),
    )
    const run = await moderated.start()
    expect((await endOf(run)).type).toBe('run.completed')
    const view = await viewOf(run)
    expect(view.copy_rejected).toMatchObject([
      { rule: 'moderation.hate.threatening', where: 'ad_copies.c1' },
    ])
    expect(view.copy_safety?.moderation).toBe('on')
    expect(JSON.stringify(await logOf(run))).not.toContain('동백뿐')
    const { client } = await startSession(other.origin)
    const { body } = await client.post('/api/safety/check', {
      text: '남은 건 동백뿐',
      product_category: '핸드크림',
    })
    expect(body).toMatchObject({
      verdict: 'blocked',
      moderation: 'on',
      findings: [{ rule: 'moderation.hate.threatening' }],
    })
  })

  it('nothing goes out while it does not answer', async () => {
    const { studio: other } = moderated
    moderated.written({})
    other.model.moderation.respond(() => answers.status(500))
    const run = await moderated.start()
    expect(await endOf(run)).toMatchObject({
      type: 'error',
      data: {
        code: 'UPSTREAM_ERROR',
        retryable: true,
        stage: 'strategy',
        detail: expect.stringContaining('The moderation service'),
      },
    })
    const log = await logOf(run)
    const shown = log.filter(({ type }) => type === 'strategy.delta')
    // The assessment is no copy; what comes after it is.
    expect(shown.map(({ data }) => 'kind' in data && data.kind)).toEqual(['market_assessment'])
    expect(other.model.calls.filter(({ asker }) => asker === 'strategy')).toHaveLength(1)
    const { client } = await startSession(other.origin)
    const refused = await client.post('/api/safety/check', {
      text: '안녕하세요',
      product_category: '핸드크림',
    })
    expect(refused).toMatchObject({
      status: 502,
      body: { error: { code: 'UPSTREAM_ERROR', retryable: true } },
    })
  })
})
