import type { Finding } from './findings.ts'

/** Milliseconds: what leases and deadlines tolerate, and what AWS tolerates of a signature. */
const skewMs = { warning: 30_000, failure: 300_000 } as const

/** One answer of a server, in milliseconds since the epoch. */
export interface TimedAnswer {
  /** By the clock that is judged. */
  sentAt: number
  receivedAt: number
  /** Its Date header, which has whole seconds; null when it has none. */
  saidAt: number | null
}

const seconds = (milliseconds: number): string => `${Math.round(Math.abs(milliseconds) / 1000)} s`

/** Compares the clock with a server's: the header was written between request and answer. */
export const judgeClock = (answer: TimedAnswer | undefined, server: string): Finding => {
  if (answer === undefined || answer.saidAt === null) {
    return { code: 'CLOCK_UNKNOWN', subject: 'clock', found: 'no answer with a Date header' }
  }
  const { sentAt, receivedAt, saidAt } = answer
  const ahead = Math.max(0, sentAt - (saidAt + 1_000))
  const behind = Math.max(0, saidAt - receivedAt)
  const skew = Math.max(ahead, behind)
  const found =
    skew === 0
      ? `agrees with ${server}`
      : `${seconds(skew)} ${ahead > 0 ? 'ahead of' : 'behind'} ${server}`
  if (skew > skewMs.failure) return { code: 'CLOCK_WRONG', subject: 'clock', found }
  return { code: skew > skewMs.warning ? 'CLOCK_OFF' : 'CLOCK_READY', subject: 'clock', found }
}
