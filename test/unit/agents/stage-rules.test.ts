import { describe, expect, test } from 'vitest'
import { creativeParts } from '../../../shared/agents/creative-parts.ts'
import { strategyRules } from '../../../shared/agents/strategy-agent.ts'
import type { CreativeOutput, VoiceOutput } from '../../../shared/contracts/agents.ts'
import { graphemeCount } from '../../../shared/contracts/graphemes.ts'
import { narrationBudget, narrationRules, sentenceCount } from '../../../shared/rules/narration.ts'
import { sampleCreative, sampleStrategy, sampleVoice } from '../../support/model-server/samples.ts'

describe('a strategy', () => {
  test('that keeps its contract breaks no rule', () => {
    expect(strategyRules(sampleStrategy)).toEqual([])
  })

  test('names each positioning once', () => {
    const positioning_options = sampleStrategy.positioning_options.map((option) => ({
      ...option,
      id: 'p1',
    }))
    expect(strategyRules({ ...sampleStrategy, positioning_options })).toEqual([
      'positioning_options: the id p1 is used twice',
    ])
  })

  test('asks for the four assets of every launch, more are welcome', () => {
    const required_assets = ['ad_copy', 'poster', 'video', 'voiceover', 'landing_page']
    expect(strategyRules({ ...sampleStrategy, required_assets })).toEqual([
      'required_assets: video_prompt missing',
    ])
    const more = [...sampleStrategy.required_assets, 'landing_page']
    expect(strategyRules({ ...sampleStrategy, required_assets: more })).toEqual([])
  })
})

describe('creatives', () => {
  const given = { strategy: sampleStrategy, videoSeconds: 8, size: '720x1280' }
  const video = sampleCreative.video_prompt_package
  const brokenRules = (more: Partial<CreativeOutput>) => {
    const all = { ...sampleCreative, ...more }
    const { copies, posters, film } = creativeParts
    return [...copies.rules(all, given), ...posters.rules(all, given), ...film.rules(all, given)]
  }
  const brokenByVideo = (more: Partial<typeof video>) =>
    brokenRules({ video_prompt_package: { ...video, ...more } })

  test('that keep their contract break no rule', () => {
    expect(brokenRules({})).toEqual([])
  })

  test('belong to a positioning of the strategy', () => {
    const ad_copies = sampleCreative.ad_copies.map((copy) => ({ ...copy, positioning_id: 'p7' }))
    expect(brokenRules({ ad_copies })).toHaveLength(ad_copies.length)
    expect(brokenRules({ ad_copies })[0]).toBe(
      'ad_copies: c1 names the positioning p7; the strategy has p1, p2',
    )
  })

  test('have each an id of their own', () => {
    const ad_copies = sampleCreative.ad_copies.map((copy) => ({ ...copy, id: 'c1' }))
    expect(brokenRules({ ad_copies })).toEqual(['ad_copies: the id c1 is used twice'])
    const poster_specs = sampleCreative.poster_specs.flatMap((poster) => [poster, poster])
    expect(brokenRules({ poster_specs })).toEqual(['poster_specs: the id s1 is used twice'])
  })

  test('keep to the length and size of the video', () => {
    expect(brokenByVideo({ duration_sec: 12 })).toEqual([
      'video_prompt_package.duration_sec: must be 8',
    ])
    expect(brokenByVideo({ size: '1x1' })).toEqual(['video_prompt_package.size: must be 720x1280'])
  })

  test.each([
    ['after the end', [{ start: 0, end: 8.5, scene: 'a' }]],
    [
      'over each other',
      [
        { start: 0, end: 4, scene: 'a' },
        { start: 3, end: 8, scene: 'b' },
      ],
    ],
    [
      'in the wrong order',
      [
        { start: 4, end: 8, scene: 'a' },
        { start: 0, end: 4, scene: 'b' },
      ],
    ],
    ['without a length', [{ start: 4, end: 4, scene: 'a' }]],
  ])('have no shots %s', (_, shots) => {
    expect(brokenByVideo({ shots }).length).toBeGreaterThan(0)
  })

  test('may have shots whose fractions do not add up to the last digit', () => {
    const shots = [
      { start: 0, end: 0.1 + 0.2, scene: 'a' },
      { start: 0.3, end: 8, scene: 'b' },
    ]
    expect(brokenByVideo({ shots })).toEqual([])
  })
})

describe('a narration', () => {
  const brokenRules = (
    more: Partial<VoiceOutput>,
    seconds = 8,
    locale: 'ko-KR' | 'en-US' = 'ko-KR',
  ) => narrationRules({ ...sampleVoice, ...more }, seconds, locale)
  const [hook, benefit, cta] = sampleVoice.timing_map
  if (!hook || !benefit || !cta) throw new Error('The sample has three spans.')

  test('that keeps its contract breaks no rule', () => {
    expect(brokenRules({})).toEqual([])
  })

  test.each([
    [4, 28, 1],
    [8, 56, 2],
    [12, 84, 3],
    [6, 42, 1],
    [10, 70, 2],
    [9, 63, 2],
    [2, 14, 1],
    [30, 210, 7],
    [4.5, 31, 1],
  ])('for %d s has at most %d characters in %d sentences', (seconds, characters, sentences) => {
    expect(narrationBudget(seconds)).toEqual({ seconds, characters, sentences })
  })

  test('is neither one character nor one sentence too long', () => {
    expect(brokenRules({ voiceover_script_short: '가'.repeat(56) })).toEqual([])
    expect(brokenRules({ voiceover_script_short: '가'.repeat(57) })).toEqual([
      'voiceover_script_short: 57 characters, at most 56 fit',
    ])
    expect(brokenRules({ voiceover_script_short: '하나. 둘. 셋.' })).toEqual([
      'voiceover_script_short: 3 sentences, at most 2 fit',
    ])
  })

  test.each([
    ['', 0],
    ['바르세요', 1],
    ['바르세요.', 1],
    ['손이 마르죠? 바르세요!', 2],
    ['3.5초면 됩니다. 지금요', 2],
    ['정말요?! 네…', 2],
    ['그는 "좋아요." 라고 했다.', 2],
    ['한 줄\n두 줄', 2],
    ['Dr. Jart+로 촉촉하게.', 1],
    ['Dr. Jart+로 촉촉하게. 지금요!', 2],
    ['2026. 11. 3. 출시해요.', 1],
    ['1. 바르세요.', 1],
    ['Made by Amore Corp.', 1],
    ['Dr.\n바르세요', 2],
    ['...', 0],
  ])('%j has %d sentences', (text, sentences) => {
    expect(sentenceCount(text)).toBe(sentences)
  })

  test('counts characters as readers do', () => {
    expect(graphemeCount('동백 👩‍👩‍👧!')).toBe(5)
  })

  test('starts at 0.0 with a hook that ends in time, and ends with the call to action', () => {
    expect(brokenRules({ timing_map: [{ ...hook, start: 0.5 }, benefit, cta] })).toEqual([
      'timing_map: must start at 0.0',
    ])
    expect(
      brokenRules({ timing_map: [{ ...hook, end: 2.6 }, { ...benefit, start: 2.6 }, cta] }),
    ).toEqual(['timing_map: the hook must end within the first 2.5 s'])
    expect(brokenRules({ timing_map: [{ ...hook, purpose: 'benefit' }, benefit, cta] })).toEqual([
      'timing_map: must begin with the hook',
    ])
    expect(brokenRules({ timing_map: [hook, benefit, { ...cta, purpose: 'benefit' }] })).toEqual([
      'timing_map: must end with the cta',
    ])
  })

  test('does not overlap and ends within the video', () => {
    expect(brokenRules({ timing_map: [hook, { ...benefit, start: 2 }, cta] })).toEqual([
      'timing_map.1: starts at 2 s, before 2.2 s',
    ])
    expect(brokenRules({ timing_map: [hook, benefit, { ...cta, end: 8.2 }] })).toEqual([
      'timing_map: ends at 8.2 s, after 8 s',
    ])
    expect(brokenRules({}, 7)).not.toEqual([])
  })

  test('has its subtitles inside the timing map', () => {
    const [line] = sampleVoice.subtitle_lines
    if (!line) throw new Error('The sample has subtitles.')
    const timing_map = [hook, benefit, { ...cta, end: 7 }]
    expect(brokenRules({ timing_map })).toEqual(['subtitle_lines: ends at 8 s, after 7 s'])
    expect(brokenRules({ subtitle_lines: [line, line] })).toEqual([
      'subtitle_lines.1: starts at 0 s, before 2.2 s',
    ])
  })

  test('is spoken by a voice of its language', () => {
    expect(brokenRules({}, 8, 'en-US')).toEqual([
      'tts_config.voice_preset: must be one of friendly_en, calm_en, neutral_en, cute_en',
    ])
  })
})
