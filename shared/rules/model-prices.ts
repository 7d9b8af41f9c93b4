/** US dollars for a million tokens, which is also micro-dollars for one token. */
export interface TokenPrice {
  input: number
  output: number
}

/** Prices that the owner of a deployment has named for the models of a server. */
export interface OwnPrices {
  /** By the name that is sent to the server; `*` for any other. */
  models: ReadonlyMap<string, TokenPrice>
  /** US dollars for one search of the server's own. */
  webSearch: number | undefined
}

/** The name of these prices wherever a cost is told. */
export const ownPriceTable = 'MODEL_PRICES'

const webSearchName = 'web_search'
const amount = /^\d{1,6}(?:\.\d{1,9})?$/

const entryOf = (entry: string): [name: string, amounts: string[]] | undefined => {
  const at = entry.lastIndexOf('=')
  const name = entry.slice(0, at).trim()
  const amounts = entry
    .slice(at + 1)
    .split('/')
    .map((part) => part.trim())
  const wanted = name === webSearchName ? 1 : 2
  const isGood = at > 0 && name !== '' && amounts.every((part) => amount.test(part))
  return isGood && amounts.length === wanted ? [name, amounts] : undefined
}

/**
 * Reads `name=input/output,*=0.2/0.8,web_search=0.01`: US dollars for a million tokens, and for one search.
 * @returns the entry that cannot be read instead
 */
export const ownPricesOf = (list: string): OwnPrices | { wrong: string } => {
  const models = new Map<string, TokenPrice>()
  let webSearch: number | undefined
  for (const entry of list.split(',').filter((part) => part.trim() !== '')) {
    const read = entryOf(entry)
    if (read === undefined) return { wrong: entry.trim() }
    const [name, [first, second]] = read
    if (name === webSearchName) webSearch = Number(first)
    else models.set(name, { input: Number(first), output: Number(second) })
  }
  return { models, webSearch }
}

export const noOwnPrices: OwnPrices = { models: new Map(), webSearch: undefined }
