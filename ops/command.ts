import type { ParseArgsOptionsConfig } from 'node:util'
import type { Studio } from './studio.ts'

/** 0, or 1 when the command found what an operator has to look at, or could not do all of it. */
export type ExitCode = 0 | 1

export interface Call {
  studio: Studio
  /** What stands behind the command's name. */
  positionals: readonly string[]
  flag(name: string): boolean
  value(name: string): string | undefined
  /** Prints an answer: as JSON with `--json`, else as the text. */
  answer(data: object, text: string): void
  /** Prints a remark that is no part of the answer. */
  remark(text: string): void
  /** Asks for a word on the terminal; undefined when there is none to ask. */
  ask(question: string): Promise<string | undefined>
}

export interface Command {
  /** One line of the list. */
  summary: string
  /** What stands behind the name, such as `RUN`. */
  takes: string
  /** Options of its own, beside those that every command has. */
  options: ParseArgsOptionsConfig
  /** Lines of help: what it shows or does, and examples. */
  help: string
  run(call: Call): Promise<ExitCode>
}
