import type { TransportName } from './transport.ts'

/** Failures in a row after which another transport is tried. */
const patience = 2
const firstBlockMs = 30_000
const longestBlockMs = 300_000

/** Which transport to take: the best one that has not failed again and again of late. */
export const createChoice = (names: readonly TransportName[], now: () => number) => {
  let failures: Record<string, number> = {}
  let blocked: Record<string, number> = {}
  const isOpen = (name: TransportName): boolean => (blocked[name] ?? 0) <= now()
  return {
    next: (): TransportName => names.find(isOpen) ?? (names.at(-1) as TransportName),
    /** Whether there is a better one than this that may be tried again. */
    hasBetter: (name: TransportName): boolean => names.slice(0, names.indexOf(name)).some(isOpen),
    worked(name: TransportName): void {
      failures[name] = 0
    },
    failed(name: TransportName): void {
      const count = (failures[name] ?? 0) + 1
      failures[name] = count
      if (count < patience) return
      blocked[name] = now() + Math.min(firstBlockMs * 2 ** (count - patience), longestBlockMs)
    },
    /** The network may be another one now. */
    reset(): void {
      failures = {}
      blocked = {}
    },
  }
}
