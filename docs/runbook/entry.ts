/** Lines to look at first: those of these functions with these fields. */
export interface Lines {
  /** Names of functions, or `*` for all. */
  of: readonly string[]
  /** Fields and one of the values that each has. */
  where: Readonly<Record<string, string | readonly string[]>>
  /** Fields that tell most. */
  show: readonly string[]
}

/** What an operator does about an alarm. */
export interface RunbookEntry {
  /** What it means for users, in a sentence or two; how it is computed is in its description. */
  meaning: string
  lines: Lines
  /** What else to compare. */
  look: string
  /** Commands in the order in which they help. */
  commands: readonly string[]
  causes: readonly (readonly [cause: string, whatMendsIt: string])[]
  /** When it is worth waking a person, and when it can wait. */
  page: string
  wait: string
}

export type RunbookEntries = Readonly<Record<string, RunbookEntry>>
