import { checkupEntries } from './entries-checkup.ts'
import { platformEntries } from './entries-platform.ts'
import { runEntries } from './entries-runs.ts'
import { talkEntries } from './entries-talk.ts'
import type { RunbookEntries } from './entry.ts'

/** Every entry of the runbook, by the alarm's logical id without hash, or by a family of alarms (`keys.ts`). */
export const runbook = {
  ...talkEntries,
  ...runEntries,
  ...platformEntries,
  ...checkupEntries,
} as const satisfies RunbookEntries

export type RunbookKey = keyof typeof runbook
