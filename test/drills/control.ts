import { readFileSync, renameSync, writeFileSync } from 'node:fs'

/** What `hook.ts` does to the functions, read anew by each of their threads. */
export interface Control {
  /** Functions that end with an error as soon as they are invoked. */
  broken: string[]
  /** How far the clocks of functions are ahead, in milliseconds. */
  ahead: Record<string, number>
  /** Functions that a drill's own invocations occupy until they are not held any more. */
  held: string[]
}

export const noFaults: Control = { broken: [], ahead: {}, held: [] }

/** The beginning or the end of an invocation, as the hook writes it. */
export interface InvocationMark {
  /** Milliseconds since the epoch, by the machine's clock. */
  at: number
  /** The function's. */
  name: string
  requestId: string
  mark: 'begin' | 'end'
}

/** Of an event that only invokes a function, by its name in `detail.of`; the hook answers it. */
export const drillInvocation = 'Drill invocation'

export const hookUrl = new URL('./hook.ts', import.meta.url).href
export const controlVariable = 'DRILL_CONTROL'
export const marksVariable = 'DRILL_MARKS'

/** Replaces the file as a whole: a thread may read it meanwhile. */
export const writeControl = (file: string, control: Control): void => {
  writeFileSync(`${file}.new`, JSON.stringify(control))
  renameSync(`${file}.new`, file)
}

export const readMarks = (file: string): InvocationMark[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): InvocationMark => JSON.parse(line))
