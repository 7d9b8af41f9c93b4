import fc from 'fast-check'
import { expect, test } from 'vitest'
import { imagePrice } from '../../../shared/rules/image-prices.ts'
import { imageShapes, imageSizeFor, nearestSizeIn } from '../../../shared/rules/image-sizes.ts'

test.each([
  ['gpt-image-2.6-flare', '1024x1536', '1024x1024', '1536x1024'],
  ['dall-e-3', '1024x1792', '1024x1024', '1792x1024'],
  ['dall-e-2', '1024x1024', '1024x1024', '1024x1024'],
  ['flux.1-dev', '1024x1536', '1024x1024', '1536x1024'],
])('%s has a size for each shape', (model, ...sizes) => {
  const found = imageShapes.map((shape) => imageSizeFor(model, shape))
  expect(found.map(({ width, height }) => `${width}x${height}`)).toEqual(sizes)
})

test('of the sizes that a refusal names, the nearest in shape is taken, whatever else it says', () => {
  const wanted = { width: 1024, height: 1536 }
  const side = fc.integer({ min: 256, max: 4096 })
  fc.assert(
    fc.property(fc.array(fc.tuple(side, side), { minLength: 1, maxLength: 6 }), (sizes) => {
      const named = sizes.map(([width, height]) => `'${width}x${height}'`).join(', ')
      const found = nearestSizeIn(`Invalid size '1024x1536'. Must be one of ${named}.`, wanted)
      const off = (width: number, height: number) =>
        Math.abs(Math.log(width / height) - Math.log(wanted.width / wanted.height))
      const others = sizes.filter(([width, height]) => width !== 1024 || height !== 1536)
      if (others.length === 0) expect(found).toBeUndefined()
      else {
        const least = Math.min(...others.map(([width, height]) => off(width, height)))
        expect(found && off(found.width, found.height)).toBeCloseTo(least, 9)
      }
    }),
  )
})

test('a price is that of the list, the dearest for an unlisted model, and unknown elsewhere', () => {
  const asked = { shape: 'square', withReference: true } as const
  const listed = imagePrice({ isOpenai: true, model: 'gpt-image-2.6-flare' }, asked)
  expect(listed).toEqual({ micros: 67_500, table: 'images-2026-11-26' })
  const unlisted = imagePrice({ isOpenai: true, model: 'gpt-image-9' }, asked)
  expect(unlisted).toEqual({ micros: 67_500, table: null })
  expect(imagePrice({ isOpenai: false, model: 'flux' }, asked)).toEqual({ micros: 0, table: null })
})
