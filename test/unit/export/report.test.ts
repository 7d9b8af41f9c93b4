import { describe, expect, it } from 'vitest'
import type { RunView } from '../../../shared/contracts/runs.ts'
import type { PlacedFile } from '../../../shared/services/export/placed-files.ts'
import { planRows } from '../../../shared/services/export/plan-rows.ts'
import { reportOf } from '../../../shared/services/export/report.ts'
import { reportHtml } from '../../../shared/services/export/report-html.ts'
import { reportMarkdown } from '../../../shared/services/export/report-markdown.ts'
import { reportPdf } from '../../../shared/services/export/report-pdf.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleResearch,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../../support/model-server/samples.ts'

const hostile = `<script>alert(1)</script> & "따옴표" 50% \\ [a](javascript:x) | *b* 👩‍👩‍👧‍👦 漢`

const run = {
  run_id: 'run_00000000000000000000000000',
  brief_summary: { ...sampleBrief, 'product.name': hostile },
  research_snapshot: sampleResearched,
  strategy_plan: sampleStrategy,
  creative_assets: {
    ...sampleCreative,
    ad_copies: sampleCreative.ad_copies.map((copy) => ({ ...copy, text: `${hostile}\n# 둘째 줄` })),
  },
  voice_assets: sampleVoice,
  updated_at: '2026-11-26T00:00:00.000Z',
  completed_at: '2026-11-26T00:00:00.000Z',
} as unknown as RunView

const placed = {
  path: 'posters/가 나.png',
  asset: {
    ...{ asset_id: 'asset_1', asset_type: 'poster', placement: 'instagram_feed_4x5' },
    ...{ poster_spec_id: 's1', provenance: { origin: 'generated', model: 'm' } },
  },
  file: { role: 'poster', width: 1080, height: 1350, duration_ms: null, bytes: 300_000 },
} as unknown as PlacedFile

const report = (locale: 'ko-KR' | 'en-US' = 'ko-KR') =>
  reportOf(run, locale, {
    plan: planRows(sampleStrategy.weekly_plan, '2026-11-27'),
    ...{ placed: [placed], gone: [], deleted: ['asset_2'] },
    unfinished: [
      {
        ...{ asset_id: 'asset_3', asset_type: 'video', placement: null },
        status: 'in_progress',
      },
    ],
  })

describe('a report', () => {
  it('has headings in the language of the run, and the agents’ texts in both', () => {
    const [korean, english] = [reportHtml(report()), reportHtml(report('en-US'))]
    expect(korean).toContain('<h2>시장 조사</h2>')
    expect(english).toContain('<h2>Market research</h2>')
    expect(english).toContain('<html lang="en">')
    for (const page of [korean, english]) {
      expect(page).toContain(sampleVoice.voiceover_script_short)
      expect(page).toContain(sampleStrategy.positioning_options[0]?.message)
    }
  })

  it('is HTML that shows hostile text and runs none of it, with sources and pictures linked', () => {
    const page = reportHtml(report())
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;따옴표&quot; 50% \\')
    expect(page).not.toContain('<script')
    expect(page).not.toContain('href="javascript')
    expect(page).toContain('src="posters/%EA%B0%80%20%EB%82%98.png"')
    for (const { url } of sampleResearch.evidence) {
      expect(page).toContain(`href="${url.replaceAll('&', '&amp;')}"`)
    }
    expect(page).toContain('<a href="#source-1">[1]</a>')
    expect(page).toContain('<li id="source-1">')
  })

  it('labels what a model made, links its files, and says what is not there', () => {
    const page = reportHtml(report())
    expect(page).toContain('AI 생성 이미지 · 인스타그램 피드 4:5 · 1080×1350, 300 kB')
    expect(page).toContain('<a href="posters/%EA%B0%80%20%EB%82%98.png">가 나.png</a>')
    expect(page).toContain('<td>내보내는 동안 삭제됨</td><td>asset_2</td>')
    expect(page).toContain('<td>내보낼 때 만드는 중이었음</td><td>asset_3</td>')
    expect(reportHtml(report('en-US'))).toContain('AI-generated image · Instagram feed 4:5')
  })

  it('is Markdown in which text stays text', () => {
    const text = reportMarkdown(report())
    expect(text).not.toMatch(/(?<!\\)<script/)
    expect(text).toContain(String.raw`\[a\](javascript\:x) \| \*b\*`)
    expect(text).toContain(String.raw`<br>\# 둘째 줄`)
    expect(text).toContain('](<posters/%EA%B0%80%20%EB%82%98.png>)')
    const rows = text.split('\n').filter((line) => line.startsWith('| '))
    expect(rows.length).toBeGreaterThan(10)
  })

  it('is a PDF with embedded type, and the same one each time', async () => {
    const pdf = Buffer.from(await reportPdf(report(), new Map()))
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.subarray(-6).toString().trim()).toBe('%%EOF')
    const plain = pdf.toString('latin1')
    expect(plain).toMatch(/\/FontName \/[A-Z]{6}\+Pretendard-Regular/)
    expect(plain).toMatch(/\+NotoEmoji/)
    expect(plain).not.toContain('/JavaScript')
    for (const { url } of sampleResearch.evidence) expect(plain).toContain(url)
    expect(Buffer.from(await reportPdf(report(), new Map())).equals(pdf)).toBe(true)
  })
})
