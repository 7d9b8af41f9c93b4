import { readdirSync, readFileSync } from 'node:fs'

/** Hertz of the kernel's counters in /proc; Linux shows 100 to programs whatever its own tick is. */
const ticks = 100
const pageBytes = 4096

interface ProcessFigures {
  pid: number
  parent: number
  /** Milliseconds, its ended children's included. */
  processorTime: number
  residentBytes: number
}

const figuresOf = (pid: number): ProcessFigures | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name before the last bracket may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const at = (index: number): number => Number(fields[index])
    return {
      pid,
      parent: at(1),
      processorTime: ((at(11) + at(12) + at(13) + at(14)) * 1000) / ticks,
      residentBytes: at(21) * pageBytes,
    }
  } catch {
    // It ended between the look at the folder and this one.
    return undefined
  }
}

const treeOf = (root: number): ProcessFigures[] => {
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => figuresOf(Number(name)) ?? [])
  const tree = all.filter(({ pid }) => pid === root)
  for (const { pid } of tree) tree.push(...all.filter(({ parent }) => parent === pid))
  return tree
}

/** A process and its children; itself alone where there is no /proc. */
export const pidsOf = (pid: number): number[] =>
  process.platform === 'linux' ? treeOf(pid).map((each) => each.pid) : [pid]

const sumOf = (root: number, pick: (figures: ProcessFigures) => number): number =>
  process.platform === 'linux'
    ? treeOf(root).reduce((sum, figures) => sum + pick(figures), 0)
    : Number.NaN

/** Milliseconds of processor time that a process and its children took so far; NaN where there is no /proc. */
export const processorTimeOf = (pid: number): number =>
  sumOf(pid, ({ processorTime }) => processorTime)

/** Bytes of memory in which a process and its children reside; NaN where there is no /proc. */
export const residentMemoryOf = (pid: number): number =>
  sumOf(pid, ({ residentBytes }) => residentBytes)

/** Kills a process with all that it started, as a machine that fails would. */
export const killTreeOf = (pid: number): void => {
  for (const each of pidsOf(pid)) {
    try {
      process.kill(each, 'SIGKILL')
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
