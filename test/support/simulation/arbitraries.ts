import * as fc from 'fast-check'
import { type SlotUpdate, slotSources, weeklyGoals } from '../../../shared/contracts/brief.ts'

const word = fc.string({ minLength: 1, maxLength: 20 }).filter((text) => text.trim() !== '')
const certainty = fc.record({
  confidence: fc.double({ min: 0, max: 1, noNaN: true }),
  source: fc.constantFrom(...slotSources),
})

const text = (path: SlotUpdate['path']) =>
  fc.tuple(word, certainty).map(([value, sure]) => ({ path, value: value.trim(), ...sure }))

/** Any update a planner may make, of any slot. */
export const slotUpdate = fc.oneof(
  text('product.name'),
  text('product.category'),
  text('product.price_band'),
  text('product.image_url'),
  text('product.image_context'),
  text('target.who'),
  text('target.why'),
  fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 5 }), certainty)
    .map(([value, sure]) => ({ path: 'product.features' as const, value, ...sure })),
  fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 2 }), certainty)
    .map(([value, sure]) => ({ path: 'channel.channels' as const, value, ...sure })),
  fc
    .tuple(fc.constantFrom(...weeklyGoals), certainty)
    .map(([value, sure]) => ({ path: 'goal.weekly_goal' as const, value, ...sure })),
  fc
    .tuple(fc.integer({ min: 1, max: 60 }), certainty)
    .map(([value, sure]) => ({ path: 'goal.video_seconds' as const, value, ...sure })),
) as fc.Arbitrary<SlotUpdate>
