import { spokenTextLimit } from '../contracts/speech.ts'
import { audioSecondsLimit } from '../contracts/voice.ts'
import { runsAtOnceOf, stageWorkersOf, usualConcurrency } from './capacity.ts'
import { assetsAtOnce } from './media-limits.ts'
import { readingLimits } from './search-limits.ts'
import type { Rate } from './token-bucket.ts'

/**
 * How much each caller, each network address and all callers together may use. A single person, and an
 * office of twenty behind one address, meet none of it in a working day; what a script can do in seconds
 * is far above. `LIMITS` overrides entries one by one, see `limit-settings.ts`.
 */

/** The scope of a limit: one principal, one address, or the whole deployment. */
export const limitScopes = ['principal', 'address', 'deployment'] as const
export type LimitScope = (typeof limitScopes)[number]

/** Each scope has a rate for what comes at once, one for the day, or both; every one of them has to admit. */
type Rates = Partial<Record<LimitScope, readonly Rate[]>>

const minutes = (count: number, max: number): Rate => ({ max, seconds: count * 60 })
const hour = (max: number): Rate => ({ max, seconds: 3_600 })
const day = (max: number): Rate => ({ max, seconds: 86_400 })

/** How often. Adding a limit is a line here, one in `platform/wording/limits.ts`, and an `admit` beside the work. */
const rates = {
  /** Tokens minted for callers without one. */
  principals: { address: [minutes(1, 15), day(500)], deployment: [day(20_000)] },
  sessions: {
    principal: [minutes(1, 20), day(200)],
    address: [minutes(1, 60), day(4_000)],
    deployment: [hour(10_000)],
  },
  /** Typed and spoken: thirty in a row, and one every four seconds for as long as that is kept up. */
  turns: {
    principal: [minutes(2, 30), day(1_000)],
    address: [minutes(2, 240), day(20_000)],
    deployment: [hour(20_000)],
  },
  /** Corrections of a brief by hand. */
  edits: {
    principal: [minutes(2, 60), day(2_000)],
    address: [minutes(2, 480), day(40_000)],
    deployment: [hour(40_000)],
  },
  /** Codes that carry a session to another device, made or used. */
  handoffs: {
    principal: [minutes(5, 20), day(200)],
    address: [minutes(5, 60), day(2_000)],
    deployment: [hour(10_000)],
  },
  /** Starts and resumes. */
  runs: {
    principal: [minutes(10, 10), day(100)],
    address: [minutes(10, 60), day(2_000)],
    deployment: [hour(2_000)],
  },
  /** Posters, narrations, captions and films that are made; what is there already is not counted. */
  assets: {
    principal: [minutes(10, 120), day(600)],
    address: [minutes(10, 600), day(6_000)],
    deployment: [hour(10_000)],
  },
  /** Exports that are packed; one of the same state that is there already is not counted. */
  exports: {
    principal: [minutes(10, 20), day(200)],
    address: [minutes(10, 100), day(2_000)],
    deployment: [hour(2_000)],
  },
  /** Webhooks made, tested and given another secret, and events delivered again. */
  webhooks: {
    principal: [minutes(10, 30), day(300)],
    address: [minutes(10, 120), day(3_000)],
    deployment: [hour(5_000)],
  },
  /** Forms to upload a recording with. */
  uploads: {
    principal: [minutes(2, 30), day(1_000)],
    address: [minutes(2, 240), day(20_000)],
    deployment: [hour(20_000)],
  },
  /** Seconds of speech. */
  transcription: {
    principal: [minutes(10, 900), day(10_800)],
    address: [minutes(10, 7_200), day(216_000)],
    deployment: [hour(180_000)],
  },
  /** Characters that are spoken; what was spoken before costs nothing. */
  synthesis: {
    principal: [minutes(10, 20_000), day(200_000)],
    address: [minutes(10, 160_000), day(4_000_000)],
    deployment: [hour(2_000_000)],
  },
  /** Texts that the copy filter judges by themselves. */
  safety_checks: {
    principal: [minutes(2, 60), day(2_000)],
    address: [minutes(2, 480), day(40_000)],
    deployment: [hour(40_000)],
  },
  /** Pages that research fetches. A run is not refused for them: it goes on with what searches say. */
  pages: { principal: [day(1_600)], deployment: [hour(32_000)] },
} as const satisfies Record<string, Rates>

export type LimitName = keyof typeof rates
export const limitNames = Object.keys(rates) as LimitName[]

/** Runs in progress at once; in all one less than the stage queue has workers, so that no stage waits for one. */
export type RunsAtOnce = Partial<Record<'principal' | 'deployment', number>>

export interface Limits {
  rates: Readonly<Record<LimitName, Rates>>
  runsAtOnce: RunsAtOnce
}

export const defaultLimits: Limits = {
  rates,
  runsAtOnce: { principal: 3, deployment: runsAtOnceOf(stageWorkersOf(usualConcurrency)) },
}

/** Nothing is counted. */
export const noLimits: Limits = {
  rates: Object.fromEntries(limitNames.map((name) => [name, {}])) as Limits['rates'],
  runsAtOnce: {},
}

/** The most that one request takes at once: a lower maximum would refuse it for ever. */
export const largestRequest: Partial<Record<LimitName, number>> = {
  // A recording may be a fraction longer than its limit.
  transcription: audioSecondsLimit + 1,
  synthesis: spokenTextLimit,
  pages: readingLimits.pages,
  assets: assetsAtOnce,
}
