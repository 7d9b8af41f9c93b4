import { describe, expect, test } from 'vitest'
import type { CopyFinding, CopyReport } from '../../../shared/contracts/copy-safety.ts'
import { authored } from '../../../shared/platform/authored.ts'
import {
  asCopySafety,
  storedCopySafety,
  storedRejections,
} from '../../../shared/repositories/copy-safety-attributes.ts'
import { createRunOutputRepository } from '../../../shared/repositories/run-output-repository.ts'
import { jsonBytes } from '../../../shared/rules/answer-size.ts'
import {
  copyRejectedBytesLimit,
  copyVerdictBytesLimit,
} from '../../../shared/rules/storage-layout.ts'
import { viewRun } from '../../../shared/services/runs/run-view.ts'
import { sampleBrief, sampleCreative } from '../../support/model-server/samples.ts'
import { createMemoryTable } from '../../support/simulation/memory-table.ts'
import { createSimulatedStore } from '../../support/simulation/simulated-store.ts'

const finding = (more: Partial<CopyFinding> = {}): CopyFinding => ({
  rule: 'general.superlative',
  severity: 'needs_evidence',
  law: '표시광고법 제3조',
  match: '1위',
  explanation: '객관적인 근거가 있어야 합니다.',
  allowed_by: '조사 기관과 기간을 밝힌 순위',
  ...more,
})

const report: CopyReport = {
  pack_version: '2026-11-26.1',
  product_types: ['cosmetics'],
  moderation: 'on',
  verdicts: [
    { where: 'ad_copies.c1', verdict: 'needs_evidence', findings: [finding()] },
    { where: 'ad_copies.c2', verdict: 'ok', findings: [] },
  ],
  rejected: [{ text: '완치', rule: 'r', law: '화장품법', where: 'ad_copies.c3' }],
}

const clock = { now: () => Date.UTC(2026, 10, 26) }
const runId = 'run_00000000000000000000000000'
const provenance = {
  provider: 'scripted',
  model: 'scripted',
  response_id: null,
  prompt_version: 'creative.v2',
  usage: {
    input_tokens: 1,
    output_tokens: 1,
    total_tokens: 2,
    calls: 1,
    calls_without_usage: 0,
  },
  created_at: '2026-11-26T00:00:00.000Z',
}

describe('what the filter said of a stage', () => {
  const claim = (leaseId: string, generation: number) => ({
    attempt: 1,
    generation,
    leaseId,
    token: 'token',
    until: clock.now() + 10_000,
  })

  test('is stored with its output, for every delivery after it, and shown in the package', async () => {
    const store = createSimulatedStore(createMemoryTable(), clock)
    const runs = createRunOutputRepository(store, clock)
    await store.write([
      runs.create({
        run_id: runId,
        session_id: 'sess_00000000000000000000000000',
        owner: 'principal',
        locale: 'ko-KR',
        mode: 'standard',
        brief: sampleBrief,
        state: 'GEN_CREATIVES',
        stage: 'creative',
        attempt: 1,
        created_at: '2026-11-26T00:00:00.000Z',
        updated_at: '2026-11-26T00:00:00.000Z',
      }),
    ])
    expect(await runs.claim(runId, 'creative', claim('first', 0))).toBe(true)
    const output = authored(structuredClone(sampleCreative), provenance)
    const commit = (leaseId: string) =>
      store.write([runs.commitStage(runId, 'creative', leaseId, output, { copy: report })])
    await commit('first')
    // Delivered again, by a retry of the state machine.
    expect(await runs.claim(runId, 'creative', claim('second', 1))).toBe(false)
    await expect(commit('second')).rejects.toThrow()
    const found = await runs.get(runId)
    const { rejected, ...told } = report
    expect(found && viewRun(found)).toMatchObject({
      copy_safety: told,
      copy_rejected: rejected,
      creative_assets: sampleCreative,
    })
  })

  test('is kept within its bounds, every verdict of it', () => {
    const findings = Array.from({ length: 8 }, (_, index) =>
      finding({ rule: `rule.${index}`, match: '말'.repeat(500), explanation: '까'.repeat(900) }),
    )
    const verdicts = Array.from({ length: 60 }, (_, index) => ({
      where: `ad_copies.${index}`,
      verdict: 'needs_evidence' as const,
      findings: findings.map((each) => ({ ...each, rule: `${each.rule}.${index}` })),
    }))
    const stored = storedCopySafety({ ...report, verdicts })
    expect(jsonBytes(stored)).toBeLessThanOrEqual(copyVerdictBytesLimit)
    expect(asCopySafety(stored).verdicts.map(({ where }) => where)).toEqual(
      verdicts.map(({ where }) => where),
    )
  })

  test('names every rejected text, long ones cut', () => {
    const rejected = Array.from({ length: 40 }, (_, index) => ({
      text: '"완치"\n'.repeat(400),
      rule: 'cosmetics.medicine.cure',
      law: '화장품법 제13조제1항제1호',
      where: `weekly_plan.${index}`,
    }))
    const stored = storedRejections(rejected)
    expect(jsonBytes(stored)).toBeLessThanOrEqual(copyRejectedBytesLimit)
    expect(stored.map(({ where }) => where)).toEqual(rejected.map(({ where }) => where))
  })
})
