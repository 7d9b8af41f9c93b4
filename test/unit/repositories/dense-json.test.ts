import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { denseJson, parseDenseJson, storedNames } from '../../../shared/repositories/dense-json.ts'
import {
  sampleBrief,
  sampleCreative,
  sampleResearched,
  sampleStrategy,
  sampleVoice,
} from '../../support/model-server/samples.ts'

describe('a stored document', () => {
  it('reads as it was written, its keys in their order', () => {
    fc.assert(
      fc.property(fc.object({ key: fc.string({ unit: 'grapheme' }) }), (written) => {
        const document = JSON.parse(JSON.stringify(written))
        expect(JSON.stringify(parseDenseJson(denseJson(document)))).toBe(JSON.stringify(document))
      }),
      { seed: 82 },
    )
  })

  it.each([
    ['a brief', { brief: sampleBrief }, 0.5],
    ['research', { output: sampleResearched }, 0.5],
    ['a strategy', { output: sampleStrategy }, 0.6],
    ['creatives', { output: sampleCreative }, 0.6],
    ['a voice script', { output: sampleVoice }, 0.5],
  ])('of %s has far fewer bytes than its JSON', (_, document, share) => {
    const bytes = Buffer.byteLength(JSON.stringify(document))
    expect(denseJson(document).byteLength).toBeLessThan(share * bytes)
  })

  it('of years ago can be read: the names that it was packed with have not changed', () => {
    const kept = 'AavGGTuv+2e+3rBR4e3UHa8nz3nbuOb1sj2gIEDk41oA'
    expect(parseDenseJson(Buffer.from(kept, 'base64'))).toEqual({
      brief: { 'product.name': '동백 핸드크림' },
      attempt: 1,
    })
  })

  it('has all of those names as they were', () => {
    expect(createHash('sha256').update(storedNames).digest('hex')).toBe(
      'f01b9e0876ef0e86d0adcc766b66028346782b494924501709d8d8c766f15191',
    )
  })

  it('in a format that is not known is not read', () => {
    expect(() => parseDenseJson(Uint8Array.of(9, 1, 2))).toThrow('format 9')
  })
})
