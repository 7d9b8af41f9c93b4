import { passagesAbout, sharesWords } from '../rules/passages.ts'
import { insertMarks } from '../rules/quotes.ts'
import { readingLimits } from '../rules/search-limits.ts'
import { sentenceEnds } from '../rules/sentences.ts'
import type { Citation, ModelAnswer } from './model-call.ts'
import type { Source } from './research-reading.ts'

/** A source as the model is given it. */
export interface ListedSource {
  number: number
  url: string
  title: string | null
  published_at: string | null
  /** `page`: passages of the page as it was read; `search`: what the search said of it. */
  from: 'page' | 'search'
  text: string
}

/** The parts of an answer that citations refer to; what follows without one belongs to the part before. */
const partsOf = ({ text, citations }: Pick<ModelAnswer, 'text' | 'citations'>) => {
  const starts = [...new Set([0, ...citations.map(({ partStart }) => partStart)])]
    .filter((start) => start <= text.length)
    .toSorted((one, other) => one - other)
  return starts.map((start, index) => ({
    text: text.slice(start, starts[index + 1]),
    citations: citations.filter(({ partStart }) => partStart === start),
  }))
}

const marks = /(?: \[\d+\])+/g

/** The sentence before each mark, with the numbers of the mark. */
const markedSentences = (marked: string): { sentence: string; numbers: number[] }[] => {
  let from = 0
  return [...marked.matchAll(marks)].map(({ 0: mark, index }) => {
    const before = marked.slice(from, index)
    from = index + mark.length
    return {
      sentence: before.slice(sentenceEnds(before).at(-2) ?? 0).trim(),
      numbers: (mark.match(/\d+/g) ?? []).map(Number),
    }
  })
}

/** What the model's own search wrote: prose, and the sentences of it that cite each page. */
export interface HostedFindings {
  /** Each cited sentence is followed by its sources' numbers: `… 12%. [3]`. */
  text: string
  /** By the number of the source. */
  cited: Map<number, string>
}

/** @param numberOf the number of the source under an address */
export const hostedFindings = (
  answer: Pick<ModelAnswer, 'text' | 'citations'>,
  numberOf: (url: string) => number | undefined,
): HostedFindings => {
  const numbered = ({ url, end }: Citation) => {
    const number = numberOf(url)
    return number === undefined ? [] : [{ number, end }]
  }
  const text = partsOf(answer)
    .map((part) =>
      // A mark of the model's own would be taken for one of these; a bracket for a bracket moves nothing.
      insertMarks(part.text.replace(/\[(\d+)\]/g, '($1)'), part.citations.flatMap(numbered)),
    )
    .join('')
  const cited = new Map<number, string>()
  for (const { sentence, numbers } of markedSentences(text)) {
    for (const number of numbers) {
      cited.set(number, `${cited.get(number) ?? ''} ${sentence}`.trim())
    }
  }
  return { text, cited }
}

const readPart = (
  { number, url, title, snippets, publishedAt, page }: Source,
  topics: readonly string[],
): ListedSource[] =>
  page === null
    ? []
    : [
        {
          number,
          url,
          title: page.title ?? title,
          published_at: page.publishedAt ?? publishedAt,
          from: 'page',
          text: passagesAbout([...snippets, ...topics], page.text, readingLimits.passageLength),
        },
      ]

/**
 * What searches said of a page that was not read, or that answered us with something else: a consent or
 * login wall, a notice that the page is gone.
 */
const searchedPart = ({
  number,
  url,
  title,
  snippets,
  publishedAt,
  page,
}: Source): ListedSource[] => {
  const untold = snippets.filter((snippet) => page === null || !sharesWords(snippet, page.text))
  const text = untold.join('\n')
  return text === ''
    ? []
    : [{ number, url, title, published_at: publishedAt, from: 'search', text }]
}

/** The sources as the model is given them: those that were read first, those without a word left out. */
export const listedSources = (
  sources: readonly Source[],
  topics: readonly string[],
): ListedSource[] =>
  [
    ...sources.flatMap((source) => readPart(source, topics)),
    ...sources.flatMap(searchedPart),
  ].slice(0, readingLimits.sources)
