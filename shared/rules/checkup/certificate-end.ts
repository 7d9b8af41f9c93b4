import type { FindingCode } from './finding-kinds.ts'
import { endDays, type Finding } from './findings.ts'

/** When a chain of certificates is valid, in milliseconds since the epoch. */
export interface Validity {
  from: number
  until: number
}

const dayMs = 86_400_000
const dateOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

const codeOf = ({ from, until }: Validity, now: number): FindingCode => {
  if (now < from || now >= until) return 'CERTIFICATE_INVALID'
  const days = (until - now) / dayMs
  if (days <= endDays.failure) return 'CERTIFICATE_ENDS_SOON'
  return days <= endDays.warning ? 'CERTIFICATE_ENDS' : 'CERTIFICATE_VALID'
}

/** What of the certificate that signs content credentials an operator has to know. */
export const judgeCertificate = (name: string, validity: Validity, now: number): Finding => {
  const found =
    now < validity.from
      ? `valid from ${dateOf(validity.from)} on`
      : `${now < validity.until ? 'expires' : 'expired'} on ${dateOf(validity.until)}`
  return { code: codeOf(validity, now), subject: name, found }
}
