import { availableParallelism, loadavg } from 'node:os'

/** How many times slower than the machine that the limits were chosen on. */
interface Slowness {
  /** By the clock: also because others use the processors. */
  elapsed: number
  /** By processor time: the machine alone. */
  processor: number
}

const variable = 'TEST_SLOWNESS'
/** Milliseconds that the piece of work takes on that machine: two cores, `npm run synth` in 8 s. */
const referenceMs = 105

const fixedPieceOfWork = (): number => {
  let size = 0
  for (let round = 0; round < 60; round += 1) {
    const items = new Map<string, object>()
    for (let item = 0; item < 4000; item += 1)
      items.set(`k${item}`, { item, text: `x${item % 13}` })
    size += JSON.stringify([...items]).length
    size += JSON.parse(JSON.stringify([...items.values()])).length
  }
  return size
}

const measured = (): Slowness => {
  fixedPieceOfWork()
  const startedAt = performance.now()
  const before = process.cpuUsage()
  fixedPieceOfWork()
  const { user, system } = process.cpuUsage(before)
  return {
    elapsed: Math.max(1, (performance.now() - startedAt) / referenceMs),
    processor: Math.max(1, (user + system) / 1000 / referenceMs),
  }
}

/** Measures the machine, and publishes what it finds to the workers and their children. */
export const publishSlowness = (): void => {
  process.env[variable] = JSON.stringify(measured())
}

/** 1 or more: what was published, or what the load has made of it since. */
export const slowness = (): number => {
  const { elapsed, processor }: Slowness = JSON.parse(
    process.env[variable] ?? '{"elapsed":1,"processor":1}',
  )
  const [load = 0] = loadavg()
  return Math.max(elapsed, (processor * load) / availableParallelism())
}

/** Load may come sooner than the average shows it, and what only ends a hang may come late. */
const headroom = 2

/**
 * Milliseconds that end what hangs, on this machine, now. No test relies on the end being near.
 * @param milliseconds on the machine that the limits were chosen on
 */
export const limit = (milliseconds: number): number =>
  Math.round(milliseconds * headroom * slowness())

/**
 * Milliseconds after which the product shall give up, where a test waits for that: long enough for
 * what shall succeed on this machine, in whole tenths of a second.
 * @param most the product's own limit for what encloses it
 */
export const deadline = (milliseconds: number, most = Number.POSITIVE_INFINITY): number =>
  Math.min(most, 100 * Math.ceil((milliseconds * slowness()) / 100))
