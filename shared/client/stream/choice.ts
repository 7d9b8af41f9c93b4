import type { TransportName } from './transport.ts'

/** Failures in a row after which another transport is tried. */
const patience = 2
const firstBlockMs = 30_000
const longestBlockMs = 300_000

/** Which transport to take: the best one that has not failed again and again of late. */
export const createChoice = (names: readonly TransportName[], now: () => number) => {
  const state = new Map(names.map((name) => [name, { failures: 0, blocks: 0, blockedUntil: 0 }]))
  const isOpen = (name: TransportName): boolean => (state.get(name)?.blockedUntil ?? 0) <= now()
  return {
    next(): TransportName {
      const last = names[names.length - 1] as TransportName
      return names.find(isOpen) ?? last
    },
    /** Whether there is a better one than this that may be tried again. */
    hasBetter: (name: TransportName): boolean => names.slice(0, names.indexOf(name)).some(isOpen),
    worked(name: TransportName): void {
      state.set(name, { failures: 0, blocks: 0, blockedUntil: 0 })
    },
    failed(name: TransportName): void {
      const known = state.get(name)
      if (!known) return
      known.failures += 1
      if (known.failures < patience) return
      known.blockedUntil = now() + Math.min(firstBlockMs * 2 ** known.blocks, longestBlockMs)
      known.blocks += 1
      known.failures = 0
    },
    /** The network may be another one now. */
    reset(): void {
      for (const name of names) state.set(name, { failures: 0, blocks: 0, blockedUntil: 0 })
    },
  }
}
