import { describe, expect, it } from 'vitest'
import { snapFilm } from '../../../shared/rules/films/film-offers.ts'
import { imagePrice } from '../../../shared/rules/image-prices.ts'
import { isVerifiedPrice } from '../../../shared/rules/price-sources.ts'
import { speechPrice } from '../../../shared/rules/service-prices.ts'

const asked = { shape: 'portrait', withReference: false } as const
const spoken = { characters: 100, seconds: 20 }

describe('A list price of media', () => {
  it('says whether the vendor stated it where it was looked for', () => {
    const painted = (model: string) => imagePrice({ isOpenai: true, model }, asked).table ?? ''
    expect(isVerifiedPrice(painted('gpt-image-1-mini'), 'gpt-image-1-mini')).toBe(true)
    expect(isVerifiedPrice(painted('gpt-image-2.6-flare'), 'gpt-image-2.6-flare')).toBe(false)
    expect(isVerifiedPrice(painted('gpt-image-1.5'), 'gpt-image-1.5')).toBe(false)
    const polly = speechPrice({ by: 'aws' }, spoken).table ?? ''
    expect(isVerifiedPrice(polly, 'neural')).toBe(true)
    const tts = speechPrice({ by: 'openai', model: 'tts-1' }, spoken).table ?? ''
    expect(isVerifiedPrice(tts, 'tts-1')).toBe(true)
    expect(isVerifiedPrice('films-2026-11-26', 'luma.ray-v2:0')).toBe(false)
    expect(isVerifiedPrice('another', 'tts-1')).toBe(false)
  })

  it('is not made up for a server of films whose prices are its own', () => {
    expect(snapFilm('sora-2', { width: 720, height: 1280, seconds: 8 }).micros).toBeNull()
    const wish = { width: 1080, height: 1920, seconds: 8 }
    expect(snapFilm('luma.ray-v2:0', wish)).toMatchObject({ seconds: 9, micros: 13_500_000 })
  })
})
