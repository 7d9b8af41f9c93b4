import * as z from 'zod'
import type { SearchProvider } from './search-provider.ts'
import { requestJson } from './search-request.ts'
import { entriesOf, optionalText, resultOf } from './search-results.ts'

const Answer = z.object({ documents: z.unknown() })
const Document = z.object({
  title: optionalText,
  contents: optionalText,
  url: optionalText,
  datetime: optionalText,
})

/** Daum's web search: https://developers.kakao.com/docs/latest/ko/daum-search/dev-guide */
export const kakao = (baseUrl: string, key: string): SearchProvider => ({
  name: 'kakao',
  async search({ query, count }, signal) {
    const parameters = new URLSearchParams({ query, size: String(count), sort: 'accuracy' })
    const answer = await requestJson(
      {
        provider: 'kakao',
        url: `${baseUrl}/v2/search/web?${parameters}`,
        headers: { authorization: `KakaoAK ${key}` },
        variables: 'KAKAO_REST_API_KEY',
      },
      signal,
    )
    const documents = entriesOf('kakao', Answer.safeParse(answer).data?.documents, Document)
    return documents
      .flatMap(({ title, contents, url, datetime }) =>
        resultOf({ title, url, snippet: contents, date: datetime }),
      )
      .slice(0, count)
  },
})
