import type { QueryProviderName } from './search-order.ts'

/** What one unit of a service costs. */
export interface UnitPrice {
  /** Micro-dollars for a request, a second of sound or a character. */
  micros: number
  /** Names the dated table wherever a cost is told; null when the price is not known. */
  table: string | null
}

/**
 * List prices, checked on 2026-11-26. A new price is a new table, with the day from which it holds. Moderation is
 * not in them: OpenAI charges nothing for it (https://developers.openai.com/api/docs/guides/moderation).
 */
const search = {
  table: 'search-2026-11-26',
  /**
   * Micro-dollars for a request. Naver and Kakao are free within their daily quota; Brave: 5 dollars for a
   * thousand, https://api-dashboard.search.brave.com/app/plans; Tavily: a credit of 0.008 for a basic search,
   * https://docs.tavily.com/documentation/api-credits.
   */
  providers: { naver: 0, kakao: 0, brave: 5_000, tavily: 8_000 } as Partial<
    Record<QueryProviderName, number>
  >,
  /**
   * OpenAI's own search: 10 dollars for a thousand calls, and its pages as input tokens,
   * https://developers.openai.com/api/docs/pricing.
   */
  openai: 10_000,
}

const transcription = {
  table: 'transcription-2026-11-26',
  /** Micro-dollars for a second: 0.0045 a minute, https://developers.openai.com/api/docs/models/gpt-transcribe. */
  openai: {
    'gpt-transcribe': 75,
    'gpt-4o-transcribe': 100,
    'gpt-4o-mini-transcribe': 50,
    'whisper-1': 100,
  } as Readonly<Record<string, number>>,
  /** Micro-dollars for a second: 0.024 a minute for the first 250,000, https://aws.amazon.com/transcribe/pricing. */
  transcribe: 400,
}

/** Seconds that Amazon Transcribe charges at least. */
const minTranscribeSeconds = 15

const speech = {
  table: 'speech-2026-11-26',
  /**
   * Micro-dollars for a character: neural voices, 16 dollars for a million,
   * https://aws.amazon.com/polly/pricing. Audio and speech marks are charged alike, and we ask for both.
   */
  polly: 2 * 16,
  /** Micro-dollars for a character, or for a second where the vendor counts tokens of sound (0.015 a minute). */
  openai: {
    'tts-1': { character: 15, second: 0 },
    'tts-1-hd': { character: 30, second: 0 },
    'gpt-4o-mini-tts': { character: 1, second: 250 },
  } as Readonly<Record<string, { character: number; second: number }>>,
}

/**
 * The most seconds that a text takes to say: slow speech, with figures read out. Only prices by the second
 * need it, before the sound is there to be measured.
 */
export const maxSpokenSeconds = (characters: number): number => 5 + characters * 0.5

const unknown: UnitPrice = { micros: 0, table: null }

const listed = <T>(prices: Readonly<Record<string, T>>, name: string): T | undefined =>
  new Map(Object.entries(prices)).get(name)

/** One request to a search provider. */
export const queryPrice = (provider: QueryProviderName): UnitPrice => {
  const micros = search.providers[provider]
  return micros === undefined ? unknown : { micros, table: search.table }
}

/** One search of the model's own server; `own` is what the owner has named, in US dollars. */
export const hostedSearchPrice = (isOpenai: boolean, own: number | undefined): UnitPrice => {
  if (own !== undefined) return { micros: Math.ceil(own * 1_000_000), table: 'MODEL_PRICES' }
  return isOpenai ? { micros: search.openai, table: search.table } : unknown
}

/** A price that was looked up by a name, or the dearest of the list: what an unlisted name may cost. */
const orDearest = (prices: Readonly<Record<string, number>>, name: string, table: string) => {
  const micros = listed(prices, name)
  return micros === undefined
    ? { micros: Math.max(...Object.values(prices)), table: null }
    : { micros, table }
}

/** Who transcribes, or speaks: an AWS service, OpenAI with this model, or another server. */
export type VoiceProvider = { by: 'aws' } | { by: 'openai'; model: string } | { by: 'other' }

/** Sending a recording of so many seconds. */
export const transcriptionPrice = (provider: VoiceProvider, seconds: number): UnitPrice => {
  const whole = Math.ceil(seconds)
  if (provider.by === 'aws') {
    const micros = Math.max(whole, minTranscribeSeconds) * transcription.transcribe
    return { micros, table: transcription.table }
  }
  if (provider.by === 'other') return unknown
  const { micros, table } = orDearest(transcription.openai, provider.model, transcription.table)
  return { micros: whole * micros, table }
}

/** Speaking a text of so many characters, which takes so many seconds. */
export const speechPrice = (
  provider: VoiceProvider,
  { characters, seconds }: { characters: number; seconds: number },
): UnitPrice => {
  if (provider.by === 'aws') return { micros: characters * speech.polly, table: speech.table }
  if (provider.by === 'other') return unknown
  const costs = ({ character, second }: { character: number; second: number }) =>
    Math.ceil(characters * character + seconds * second)
  const price = listed(speech.openai, provider.model)
  return price
    ? { micros: costs(price), table: speech.table }
    : { micros: Math.max(...Object.values(speech.openai).map(costs)), table: null }
}
