import { cancel } from './cancel.ts'
import type { Command } from './command.ts'
import { erase } from './erase.ts'
import { explain } from './explain.ts'
import { exportSession } from './export.ts'
import { redrive } from './redrive.ts'
import { stuck } from './stuck.ts'
import { usage } from './usage.ts'

/** Every command by its name, in the order in which an operator meets them. */
export const commands: Readonly<Record<string, Command>> = {
  stuck,
  explain,
  redrive,
  cancel,
  export: exportSession,
  erase,
  usage,
}
