import type { Clock } from '../platform/clock.ts'
import type { CountedLimit, LimitRepository, Taken } from './limit-repository.ts'

/** A block is this part of a limit's smallest maximum: what an instance leaves unused when it ends is no loss. */
const blockShare = 1 / 2_000

/** Units that are taken at once, for several requests; 1 of a limit that is too small for that. */
const blockOf = ({ scope, rates }: CountedLimit): number =>
  scope === 'deployment' && rates.length > 0
    ? Math.max(1, Math.floor(Math.min(...rates.map(({ max }) => max)) * blockShare))
    : 1

/** Units that this process has taken and not used. */
interface Block {
  units: number
  /** Epoch milliseconds until which they count as used in the rate's time. */
  until: number
}

/**
 * Takes units of the deployment's limits, on whose one item all requests meet, in blocks that one process uses up:
 * of ten turns, nine then write nothing. No more is ever admitted than was taken; what a process that ends leaves
 * comes back with the rate.
 */
export const inBlocks = (counters: LimitRepository, clock: Clock): LimitRepository => {
  const blocks = new Map<string, Block>()

  const blockFor = ({ limit }: CountedLimit): Block | undefined => {
    const block = blocks.get(limit)
    return block && block.until > clock.now() ? block : undefined
  }
  /** What was taken counts as used when it has come back by the rate. */
  const keep = ({ limit, rates }: CountedLimit, units: number): void => {
    const seconds = Math.min(...rates.map((rate) => rate.seconds))
    blocks.set(limit, { units, until: clock.now() + seconds * 1_000 })
  }
  return {
    async take(counted, units): Promise<Taken> {
      const size = blockOf(counted)
      if (size <= units) return counters.take(counted, units)
      const block = blockFor(counted)
      if (block === undefined) {
        // A process that takes once may never take again.
        keep(counted, 0)
        return counters.take(counted, units)
      }
      if (block.units >= units) {
        block.units -= units
        return { admitted: true, rates: [] }
      }
      const taken = await counters.take(counted, size)
      if (!taken.admitted) return counters.take(counted, units)
      keep(counted, (blockFor(counted)?.units ?? 0) + size - units)
      return taken
    },
    async giveBack(counted, units) {
      const block = blockOf(counted) > units ? blockFor(counted) : undefined
      if (block) block.units += units
      else await counters.giveBack(counted, units)
    },
  }
}
