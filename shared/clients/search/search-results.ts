import * as z from 'zod'
import { StudioError } from '../../contracts/errors.ts'
import { publishedAt } from '../../rules/published-at.ts'
import { searchLimits } from '../../rules/search-limits.ts'
import { plainText } from './plain-text.ts'
import type { SearchResult } from './search-provider.ts'

const { addressLength, titleLength, snippetLength } = searchLimits

/** A field that may be missing, null or of another kind. */
export const optionalText = z.string().nullish().catch(null)

/** What a provider says of one page, in its own spelling. */
export interface RawResult {
  title: string | null | undefined
  url: string | null | undefined
  snippet: string | null | undefined
  date?: string | null | undefined
}

const addressOf = (address: string): string | null => {
  // Some escape the address like the title.
  const trimmed = address.trim().replaceAll('&amp;', '&')
  const url = trimmed.length > addressLength ? null : URL.parse(trimmed)
  return url !== null && /^https?:$/.test(url.protocol) ? trimmed : null
}

/** The result, or none when its address is not one of the web. */
export const resultOf = ({ title, url, snippet, date }: RawResult): SearchResult[] => {
  const address = addressOf(url ?? '')
  if (address === null) return []
  return [
    {
      title: plainText(title ?? '', titleLength),
      url: address,
      snippet: plainText(snippet ?? '', snippetLength),
      publishedAt: publishedAt(date ?? '', Date.now()),
    },
  ]
}

/**
 * The entries of an answer that have their shape; others are passed over, since providers mix kinds.
 * @throws StudioError UPSTREAM_ERROR when the list itself is not there
 */
export const entriesOf = <T>(provider: string, list: unknown, schema: z.ZodType<T>): T[] => {
  if (!Array.isArray(list)) {
    throw new StudioError('UPSTREAM_ERROR', `${provider} answered in another form than documented.`)
  }
  return list.flatMap((entry) => {
    const parsed = schema.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
}
