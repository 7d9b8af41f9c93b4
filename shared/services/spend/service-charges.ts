import { modelBaseUrl } from '../../platform/model-settings.ts'
import type { UsedUnits } from '../../repositories/spend-repository.ts'
import { searchLimits } from '../../rules/search-limits.ts'
import type { QueryProviderName } from '../../rules/search-order.ts'
import {
  maxSpokenSeconds,
  queryPrice,
  speechPrice,
  transcriptionPrice,
  type UnitPrice,
  type VoiceProvider,
} from '../../rules/service-prices.ts'

/** Calls whose price is known, or whose bound only the caps count. */
const priced = (calls: number, { micros, table }: UnitPrice) => ({
  calls,
  micros: table === null ? 0 : micros,
  counted: micros,
  estimated: 0,
  withoutUsage: 0,
  withoutPrice: table === null ? calls : 0,
  table,
})

/** The same for a call that failed: what was reserved for it stays, unless its provider refused it. */
const unreported = (price: UnitPrice, refused: boolean) => {
  const cost = priced(1, refused ? { ...price, micros: 0 } : price)
  return { ...cost, estimated: cost.micros, withoutUsage: 1 }
}

/** A query goes to each provider once, and to the last one twice when a limit had to pass. */
const requestsOfQuery = (isLast: boolean): number => (isLast ? 2 : 1)

/** Micro-dollars that all queries of one research may cost at most. */
export const maxSearchMicros = (providers: readonly QueryProviderName[]): number =>
  searchLimits.queries *
  providers.reduce(
    (sum, name, index) =>
      sum + queryPrice(name).micros * requestsOfQuery(index === providers.length - 1),
    0,
  )

/** What requests to providers cost, whatever became of them. */
export const searchesUsed = (requests: ReadonlyMap<QueryProviderName, number>): UsedUnits[] =>
  [...requests].map(([name, calls]) => {
    const { micros, table } = queryPrice(name)
    return { service: 'search' as const, ...priced(calls, { micros: calls * micros, table }) }
  })

/** Who speaks or transcribes, by the name of its client and the model that is sent to it. */
const voiceProvider = (provider: string, model: string): VoiceProvider => {
  if (provider === 'polly' || provider === 'transcribe') return { by: 'aws' }
  return modelBaseUrl() === undefined ? { by: 'openai', model } : { by: 'other' }
}

export interface CallOutcome {
  /** It came to no answer. */
  failed: boolean
  /** Its provider refused it, and so charges nothing. */
  refused: boolean
}

export interface SoundCharge {
  /** Micro-dollars that the call costs at most. */
  micros: number
}

export interface TranscriptionCharge extends SoundCharge {
  used(outcome: CallOutcome): UsedUnits[]
}

/** One call for the transcript of so many seconds of sound. */
export const transcriptionCharge = (
  { provider, model }: { provider: string; model: string },
  seconds: number,
): TranscriptionCharge => {
  const price = transcriptionPrice(voiceProvider(provider, model), seconds)
  const units = { service: 'transcription' as const, milliseconds: Math.round(seconds * 1000) }
  return {
    micros: price.micros,
    used: ({ failed, refused }) => [
      { ...units, ...(failed ? unreported(price, refused) : priced(1, price)) },
    ],
  }
}

/** What a call that speaks a text costs at most; `table` is null when its price is not known. */
export const speechBound = (
  { provider, model }: { provider: string; model: string },
  text: string,
): UnitPrice => {
  const characters = [...text].length
  const seconds = maxSpokenSeconds(characters)
  return speechPrice(voiceProvider(provider, model), { characters, seconds })
}

export interface SpeechCharge extends SoundCharge {
  /** @param duration milliseconds of the sound; undefined when there is none */
  used(outcome: CallOutcome, duration?: number): UsedUnits[]
}

/** One call that speaks a text. */
export const speechCharge = (
  { provider, model }: { provider: string; model: string },
  text: string,
): SpeechCharge => {
  const by = voiceProvider(provider, model)
  const characters = [...text].length
  const most = speechPrice(by, { characters, seconds: maxSpokenSeconds(characters) })
  return {
    micros: most.micros,
    used({ failed, refused }, duration = 0) {
      const price = speechPrice(by, { characters, seconds: duration / 1000 })
      const cost = failed ? unreported(most, refused) : priced(1, price)
      return [{ service: 'speech', characters, milliseconds: duration, ...cost }]
    },
  }
}
