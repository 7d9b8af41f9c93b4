import type { Quantities } from './meters.ts'
import { addBills, awsBillOf, type Line } from './pricing.ts'

/** What sessions of a month are like, on average. It is an assumption, and every part of it can be set. */
export interface Mix {
  /** Typed turns of a session. */
  turns: number
  /** Spoken turns of a session. */
  voice: number
  /** Answers that are read aloud, of a session. */
  spoken: number
  /** Runs of a session. */
  runs: number
  /** Media packages of a run. */
  media: number
  /** Minutes for which a session's page is open. */
  minutes: number
}

export const usualMix: Mix = {
  turns: 8,
  voice: 0.5,
  spoken: 0.5,
  runs: 0.4,
  media: 0.5,
  minutes: 20,
}

export const mixNames = Object.keys(usualMix) as (keyof Mix)[]

/** Bills of one of each. */
export interface PartBills {
  session: readonly Line[]
  turn: readonly Line[]
  voice_turn: readonly Line[]
  spoken_answer: readonly Line[]
  run: readonly Line[]
  media: readonly Line[]
}

/** A session's open page: its socket, and each question of a quiet client whether it missed anything. */
const openPage = (minutes: number): Line[] => {
  const pings = (minutes * 60) / pingSeconds
  return awsBillOf({
    socket_minutes: minutes,
    socket_messages: 2 * pings,
    lambda_requests: pings,
    lambda_time: pings * pingSecondsOfLambda,
    table_reads: 3 * pings,
  })
}

/** As `shared/client/stream/socket` asks on a quiet socket; as metered, it takes three reads and some 30 ms of a GB. */
export const pingSeconds = 20
const pingSecondsOfLambda = 0.03

/** How often each part of a session is done in a month. */
export const partsOfMonth = (sessions: number, mix: Mix): Record<keyof PartBills, number> => ({
  session: sessions,
  turn: sessions * mix.turns,
  voice_turn: sessions * mix.voice,
  spoken_answer: sessions * mix.spoken,
  run: sessions * mix.runs,
  media: sessions * mix.runs * mix.media,
})

/** The bill of a month of so many sessions, with what an idle deployment costs. */
export const billOfMonth = (
  bills: PartBills,
  { sessions, mix, background }: { sessions: number; mix: Mix; background: Quantities },
): Line[] => {
  const parts = partsOfMonth(sessions, mix)
  return addBills([
    ...(Object.keys(parts) as (keyof PartBills)[]).map(
      (part) => [bills[part], parts[part]] as const,
    ),
    [openPage(mix.minutes), sessions],
    [awsBillOf(background), 1],
  ])
}
