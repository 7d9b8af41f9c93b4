import type { RunView } from '../../../shared/client/contract.ts'
import { runWords } from '../wording/run.ts'

const price = (amount: number): string => `$${amount.toFixed(amount < 1 ? 4 : 2)}`

/** What calls cost so far, as far as their prices are known. */
export const costOf = ({
  cost,
  search,
  calls,
}: Pick<RunView['usage'], 'cost' | 'search' | 'calls'>): string => {
  const words = runWords.value
  if (calls === 0) return words.notYet
  if (cost === null) return words.unpriced
  if (search.calls === 0) return price(cost.amount)
  return search.cost === null
    ? words.withoutSearch(price(cost.amount))
    : price(cost.amount + search.cost.amount)
}
