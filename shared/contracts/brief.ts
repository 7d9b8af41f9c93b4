import * as z from 'zod'
import { blank, noWidth } from './blanks.ts'
import { text } from './text.ts'

const slotText = text(300, { multiline: true })

const widthless = new RegExp(noWidth, 'gv')
const gaps = new RegExp(`${blank}+`, 'gv')

/** What a reader sees of an entry: not what has no width, nor which blank stands between two words. */
const shown = (entry: string): string =>
  entry.replace(widthless, '').replace(gaps, ' ').trim().normalize('NFC')

/** The first of each that a reader can tell apart. */
const distinct = (entries: string[]): string[] => {
  const seen = new Set<string>()
  return entries.filter((entry) => !seen.has(shown(entry)) && seen.add(shown(entry)))
}

/** Entries that look the same are one entry. */
const slotList = (max: number) =>
  z
    .array(text(120, { multiline: true }))
    .overwrite(distinct)
    .min(1)
    .max(max)

export const weeklyGoals = ['reach', 'inquiry', 'purchase'] as const

/** What each slot of the brief may hold. A features list may be short while it is being collected. */
export const slotValues = {
  'product.name': slotText,
  'product.category': slotText,
  'product.features': slotList(10),
  'product.price_band': slotText,
  'product.image_url': slotText,
  'product.image_context': slotText,
  'target.who': slotText,
  'target.why': slotText,
  'channel.channels': slotList(2),
  'goal.weekly_goal': z.enum(weeklyGoals),
  'goal.video_seconds': z.number().int().min(1).max(60),
} as const

export type SlotPath = keyof typeof slotValues
export const slotPaths = Object.keys(slotValues) as [SlotPath, ...SlotPath[]]
export const SlotPath = z.enum(slotPaths)

export const requiredSlots = [
  'product.name',
  'product.category',
  'product.features',
  'product.price_band',
  'target.who',
  'target.why',
  'channel.channels',
  'goal.weekly_goal',
] as const satisfies readonly SlotPath[]

export type RequiredSlot = (typeof requiredSlots)[number]

/** Fewest features with which the slot counts as filled. */
export const featuresWanted = 3

export const slotSources = ['user', 'suggested', 'image'] as const
/** Where a value is from: the `user` said it, the planner `suggested` it when asked to choose, or a picture shows it. */
export const SlotSource = z.enum(slotSources)
export type SlotSource = z.infer<typeof SlotSource>

const confidence = z.number().min(0).max(1)

const updateOf = <P extends SlotPath>(path: P) =>
  z.object({
    path: z.literal(path),
    value: slotValues[path],
    confidence,
    source: SlotSource,
  })

/** One change to one slot; the value's shape follows from the path. */
export const SlotUpdate = z.union([
  updateOf('product.name'),
  updateOf('product.category'),
  updateOf('product.features'),
  updateOf('product.price_band'),
  updateOf('product.image_url'),
  updateOf('product.image_context'),
  updateOf('target.who'),
  updateOf('target.why'),
  updateOf('channel.channels'),
  updateOf('goal.weekly_goal'),
  updateOf('goal.video_seconds'),
])
export type SlotUpdate = z.infer<typeof SlotUpdate>

const filled = <P extends SlotPath>(path: P) =>
  z
    .object({
      value: slotValues[path],
      confidence,
      source: SlotSource,
      turn: z.number().int().min(0),
    })
    .optional()

/** The brief as collected so far: filled slots by path, each with how sure we are and since which turn. */
export const BriefSlots = z.object({
  'product.name': filled('product.name'),
  'product.category': filled('product.category'),
  'product.features': filled('product.features'),
  'product.price_band': filled('product.price_band'),
  'product.image_url': filled('product.image_url'),
  'product.image_context': filled('product.image_context'),
  'target.who': filled('target.who'),
  'target.why': filled('target.why'),
  'channel.channels': filled('channel.channels'),
  'goal.weekly_goal': filled('goal.weekly_goal'),
  'goal.video_seconds': filled('goal.video_seconds'),
})
export type BriefSlots = z.infer<typeof BriefSlots>

/** Values alone, by path: what a run works from. */
export const Brief = z.object({
  'product.name': slotValues['product.name'],
  'product.category': slotValues['product.category'],
  'product.features': slotValues['product.features'],
  'product.price_band': slotValues['product.price_band'],
  'product.image_url': slotValues['product.image_url'].optional(),
  'product.image_context': slotValues['product.image_context'].optional(),
  'target.who': slotValues['target.who'],
  'target.why': slotValues['target.why'],
  'channel.channels': slotValues['channel.channels'],
  'goal.weekly_goal': slotValues['goal.weekly_goal'],
  'goal.video_seconds': slotValues['goal.video_seconds'].optional(),
})
export type Brief = z.infer<typeof Brief>

/** Whether a run may start: every required slot filled, with confidence enough. */
export const Gate = z.object({
  ready: z.boolean(),
  missing_required: z.array(z.enum(requiredSlots)),
  /** Share of the required slots that are filled. */
  completeness: z.number().min(0).max(1),
  /** Mean confidence of the required slots, an empty one counting as 0. */
  confidence: z.number().min(0).max(1),
})
export type Gate = z.infer<typeof Gate>
