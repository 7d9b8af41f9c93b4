/** Every search provider by the name that `SEARCH_PROVIDERS` uses; the order is the default one. */
export const searchProviderNames = [
  'naver',
  'kakao',
  'brave',
  'tavily',
  'searxng',
  'litellm',
  'openai',
] as const
export type SearchProviderName = (typeof searchProviderNames)[number]

/** Providers that answer queries; `openai` is the model's own search within a call of the model. */
export type QueryProviderName = Exclude<SearchProviderName, 'openai'>

/**
 * The order that a comma-separated list names, each provider once; undefined when it names none.
 * @returns the names that are unknown instead, as they were written
 */
export const searchOrder = (
  list: string,
): { order: SearchProviderName[] } | { unknown: string[] } => {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const known = names.map((name) => searchProviderNames.find((each) => each === name.toLowerCase()))
  const unknown = names.filter((_, index) => known[index] === undefined)
  if (unknown.length > 0) return { unknown }
  return { order: [...new Set(known.flatMap((name) => name ?? []))] }
}

/** What keeps requests from being sent to an address, phrased to follow its name; null when nothing does. */
export const addressProblem = (address: string): string | null => {
  const url = URL.parse(address)
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    return 'is no address that begins with https:// or http://'
  }
  return url.username !== '' || url.password !== ''
    ? 'must hold neither a user nor a password'
    : null
}
