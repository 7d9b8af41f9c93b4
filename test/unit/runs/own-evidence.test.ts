import { describe, expect, test } from 'vitest'
import type { Evidence, ResearchOutput } from '../../../shared/contracts/agents.ts'
import type { RunWithStages } from '../../../shared/repositories/run-output-repository.ts'
import { ownEvidence } from '../../../shared/services/safety/own-evidence.ts'
import { sampleBrief, sampleResearched } from '../../support/model-server/samples.ts'

const evidence = (quote: string, verified = true): Evidence => ({
  ...(sampleResearched.evidence[0] as Evidence),
  quote,
  verified,
})

const found = (
  brief: Partial<typeof sampleBrief> & Record<string, unknown>,
  sources: object,
  quotes: Evidence[] = [],
): RunWithStages => {
  const output: ResearchOutput = { ...sampleResearched, evidence: quotes }
  return {
    run: { brief: { ...sampleBrief, ...brief }, brief_sources: sources },
    stages: { research: { output } },
    usage: [],
  } as unknown as RunWithStages
}

describe('what may clear a claim of a product', () => {
  test('is what the user said of it, not what was suggested or read from a picture', () => {
    const brief = {
      'product.features': ['미백 기능성 심사 완료', '무향'],
      'target.why': '겨울이라서',
      'product.price_band': '1만 원대',
    }
    const sources = {
      'product.features': 'user',
      'target.why': 'suggested',
      'product.price_band': 'image',
    }
    expect(ownEvidence(found(brief, sources))).toEqual(['미백 기능성 심사 완료', '무향'])
    expect(ownEvidence(found(brief, {}))).toEqual([])
  })

  test('is a verified quote that names it, in whatever spacing', () => {
    const own = '동백핸드크림은 주름개선 기능성 심사를 받았다.'
    expect(
      ownEvidence(
        found({ 'product.name': '동백 핸드크림' }, {}, [
          evidence(own),
          evidence(own, false),
          evidence('온담 크림은 주름개선 기능성 심사를 받았다.'),
          evidence('온담과 동백 핸드크림 가운데 온담만 심사를 받았다.'),
        ]),
      ),
    ).toEqual([own])
  })

  test.each(['핸드크림', '크림', '온'])('is no quote when the name could be of any: %s', (name) => {
    const quotes = [evidence('핸드크림은 온통 주름개선 기능성 심사를 받았다.')]
    expect(ownEvidence(found({ 'product.name': name }, {}, quotes))).toEqual([])
  })
})
